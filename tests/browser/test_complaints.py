"""The fixtures that fail a test have to be able to fail."""

import pytest

from tests.browser.conftest import Complaints

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def watched(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    complaints = Complaints()
    complaints.home = live_server.url
    complaints.watch(page)
    page.goto("/accounts/login/")
    yield page, complaints
    context.close()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("document.body.setAttribute('style', 'color: red')", "Content Security Policy"),
        ("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))", "script-src"),
        ("setTimeout(() => { throw new Error('lost') })", "lost"),
        ("fetch('https://elsewhere.example/').catch(() => {})", "elsewhere.example"),
    ],
)
def test_what_a_page_must_not_do_is_collected(watched, script, said):
    page, complaints = watched
    page.evaluate(f"() => {{ {script} }}")
    page.wait_for_timeout(300)
    assert said in "\n".join(complaints.lines)


def test_axe_finds_a_picture_without_words(watched, axe):
    page, _ = watched
    page.evaluate("document.querySelector('main, body').append(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)

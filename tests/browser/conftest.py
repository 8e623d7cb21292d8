"""A real Chromium on the real pages. A page that breaks the policy or throws fails its test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.chromium import FLAGS

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
STATIC = ROOT / "static" / "dist"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
SIZES = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 320, "height": 640}}

# Playwright runs an event loop in this thread; Django sees it and refuses to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path():
    found = subprocess.run([sys.executable, ROOT / "scripts" / "chromium.py"], capture_output=True, text=True)
    if found.returncode:
        pytest.fail(found.stderr)
    return found.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="session")
def chromium(chromium_path):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, headless=True, args=FLAGS)
        yield browser
        browser.close()


class Complaints:
    """What a browser holds against the pages it was shown.

    A page that is meant to answer 4xx makes Chromium write a line to the console;
    the test says so first: `complaints.expect_status(404)`.
    """

    def __init__(self):
        self.lines = []
        self.expected_statuses = set()

    def expect_status(self, status):
        self.expected_statuses.add(status)

    def watch(self, page):
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.lines.append(f"{page.url}: uncaught {error}"))
        page.on("request", lambda request: self._request(page, request))

    def _console(self, message):
        if message.type not in ("error", "warning") and "Content Security Policy" not in message.text:
            return
        if any(f"status of {status}" in message.text for status in self.expected_statuses):
            return
        self.lines.append(f"{message.location.get('url', '')}: {message.text}")

    def _request(self, page, request):
        if not request.url.startswith((self.home, "data:", "blob:", "about:")):
            self.lines.append(f"{page.url}: left the site for {request.url}")


@pytest.fixture
def complaints(live_server):
    collected = Complaints()
    collected.home = live_server.url
    yield collected
    assert not collected.lines, "The browser complained:\n" + "\n".join(collected.lines)


@pytest.fixture
def new_page(chromium, live_server, complaints):
    """Makes a page in a fresh profile: `new_page()`, `new_page("phone")`, `new_page(javascript=False)`.

    Relative addresses work: `page.goto("/")`.
    """
    contexts = []

    def make(size="wide", *, javascript=True):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=SIZES[size],
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        complaints.watch(page)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def phone(new_page):
    return new_page("phone")


@pytest.fixture
def plain_page(new_page):
    """A browser without JavaScript."""
    return new_page(javascript=False)


@pytest.fixture
def sign_in(client, live_server):
    """Signs a person in to a page's browser without walking through the sign-in form."""

    def sign(page, user):
        from django.conf import settings

        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return sign


@pytest.fixture
def axe(lacks_nothing):
    """Asserts that a page lacks no style, and axe-core finds nothing (WCAG 2.2 A and AA): `axe(page)`."""
    source = AXE.read_text()

    def check(page):
        # Through the debugger, which the page's policy does not bind, so the policy stays as served.
        page.evaluate(source)
        result = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            WCAG,
        )
        found = [
            f"{violation['id']} ({violation['impact']}): {violation['help']}\n    "
            + "\n    ".join(node["html"][:200] for node in violation["nodes"][:5])
            for violation in result["violations"]
        ]
        assert not found, f"{page.url}:\n" + "\n".join(found)
        lacks_nothing(page)

    return check


BEYOND = """() => [...document.querySelectorAll("main *, header *, footer *")]
    .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map(each => each.tagName.toLowerCase() + (each.className ? "." + each.className : "")).slice(-8)"""


@pytest.fixture
def no_sideways_scroll():
    """Asserts that a page fits its width (WCAG 1.4.10): `no_sideways_scroll(page)`."""

    def check(page):
        width, room = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        beyond = page.evaluate(BEYOND) if width > room else []
        assert width <= room, f"{page.url} is {width} pixels wide in {room}: {', '.join(beyond)}"

    return check


LACKING = """([all, own]) => {
    const flat = (rules, around) => [...rules].flatMap((rule) =>
        rule.selectorText ? [[around + rule.cssText, rule.selectorText]]
                          : flat(rule.cssRules || [], around + (rule.conditionText || "")));
    const read = (text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return flat(sheet.cssRules, "");
    };
    const held = new Set(read(own).map(([text]) => text));
    const passing = /::[\\w-]+|:(hover|active|focus(-visible)?)\\b|:is\\([^)]*\\)/g;
    const fits = (selector) => document.querySelector(selector.replace(passing, ":not(_)"));
    return read(all).filter(([text, selector]) => !held.has(text) && fits(selector)).map(([text]) => text);
}"""


@pytest.fixture
def lacks_nothing():
    """Asserts that a page with the small sheet lacks no rule of the large one: `lacks_nothing(page)`."""
    sheets = [(STATIC / name).read_text() for name in ("main.css", "rate.css")]

    def check(page):
        if page.locator("link[href*='rate.css']").count():
            assert page.evaluate(LACKING, sheets) == [], page.url

    return check


@pytest.fixture
def look(axe, no_sideways_scroll):
    def check(*pages):
        for page in pages:
            axe(page)
            no_sideways_scroll(page)

    return check

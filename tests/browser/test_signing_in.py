import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_sign_in_page_is_accessible_and_keeps_the_policy(new_page, axe, no_sideways_scroll, size):
    page = new_page(size)
    response = page.goto("/accounts/login/")
    assert response.status == 200
    assert "default-src 'none'" in response.headers["content-security-policy"]
    axe(page)
    no_sideways_scroll(page)

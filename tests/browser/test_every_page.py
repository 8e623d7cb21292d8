"""Every address a lead, an editor or an administrator can open, on the narrowest phone."""

import pytest

from tests.test_access import OK, TABLE, cast  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

FILES = {
    "assessments:results_csv",
    "assessments:groups_csv",
    "assessments:compare_csv",
    "assessments:import_blank",
    "members_example",
    "assessments:my_data",
}
FILES |= {"assessments:rate_data", "assessments:workshop_qr", "assessments:workshop_live"}
BY_POST = {"assessments:import_confirm"}
ADMIN = ["/admin/", "/admin/partnerships/council/", "/admin/partnerships/user/add/"]


def addresses(cast, role="lead", beside=None):  # noqa: F811
    """Pages the role can open, without those that the role ``beside`` can open, too."""
    for name, (who, _arguments) in TABLE.items():
        if who[role] == OK and who.get(beside) != OK and name not in FILES | BY_POST:
            yield cast.address(name)


def test_what_a_lead_can_open(phone, cast, sign_in, axe, no_sideways_scroll, complaints):  # noqa: F811
    for status in (404, 405, 409):  # some pages say that it is too late: the round of this cast is shared
        complaints.expect_status(status)
    sign_in(phone, cast.users["lead"])
    seen = set()
    for address in addresses(cast):
        phone.goto(address)
        no_sideways_scroll(phone)
        axe(phone)
        seen.add(phone.url)
    assert len(seen) > 30


@pytest.mark.parametrize("size", ["phone", "wide"])
def test_what_an_editor_can_open(new_page, size, cast, sign_in, axe, no_sideways_scroll):  # noqa: F811
    page = new_page(size)
    sign_in(page, cast.users["editor"])
    for address in addresses(cast, "editor", beside="lead"):
        page.goto(address)
        no_sideways_scroll(page)
        axe(page)


def test_the_administration_keeps_the_policy(page, cast, sign_in, complaints):  # noqa: F811
    sign_in(page, cast.users["administrator"])
    for address in ADMIN:
        assert page.goto(address).status == 200


def test_account_pages(phone, cast, sign_in, axe, no_sideways_scroll, complaints):  # noqa: F811
    complaints.expect_status(404)  # links that have been used
    lead = cast.users["lead"]

    def look(address):
        phone.goto(address)
        axe(phone)
        no_sideways_scroll(phone)

    for word in ("login", "login/code", "password/reset", "password/reset/done", "signup", "confirm-email"):
        look(f"/accounts/{word}/")
    look("/accounts/confirm-email/no-such-key/")
    look("/accounts/password/reset/key/1-nothing/")
    lead.set_unusable_password()
    lead.save()
    sign_in(phone, lead)
    look("/accounts/password/set/")
    phone.get_by_role("button", name="Set my password").click()
    phone.get_by_role("heading", name="There is a problem").wait_for()
    axe(phone)
    lead.set_password("a long walk over the moor")
    lead.save()
    sign_in(phone, lead)
    for word in ("password/change", "email", "reauthenticate", "logout"):
        look(f"/accounts/{word}/")

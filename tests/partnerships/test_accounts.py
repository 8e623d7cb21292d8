"""Signing in: by code, by password, and what wrong tries cost whom."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from partnerships.models import User
from partnerships.operations import ensure_account
from partnerships.signin.throttle import WRONG_PASSWORDS

PASSWORD = "a long enough phrase"


@pytest.fixture(autouse=True)
def _database(db):
    pass


@pytest.fixture
def browser():
    """Makes browsers that share nothing but, unless it is given, their address."""
    return Client


@pytest.fixture
def person():
    """An account as it comes to be when a lead adds a member: an address and nothing else."""
    return ensure_account("ada@northmoor.example")


def with_password(email):
    user = User.objects.create_user(email, PASSWORD)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def ask_code(client, email):
    return client.post(reverse("account_request_login_code"), {"email": email})


def enter_code(client, code):
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def code_in(letter):
    return re.search(r"^[A-Z0-9]{3,}(-?[A-Z0-9]+)*$", letter.body, re.MULTILINE)[0]


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_an_address_a_lead_entered_is_enough_to_sign_in_by_code(client, person):
    ask_code(client, "ADA@northmoor.example")
    enter_code(client, code_in(mail.outbox[0]))
    assert client.session["_auth_user_id"] == str(person.pk)


def test_an_unknown_address_gets_the_same_page_and_no_account(client, person):
    known = ask_code(client, person.email)
    shown = client.get(known.url).content.decode().replace(person.email, "X")
    client.logout()
    unknown = ask_code(client, "eve@northmoor.example")
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    page = client.get(unknown.url).content.decode().replace("eve@northmoor.example", "X")
    assert without_tokens(page) == without_tokens(shown)
    assert not User.objects.filter(email="eve@northmoor.example").exists()


def without_tokens(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_a_forgotten_password_of_nobody_gets_the_same_page(client, person):
    known = client.post(reverse("account_reset_password"), {"email": person.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "eve@northmoor.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_nobody_signs_up_unless_the_site_is_open(client, settings):
    new = {"email": "new@northmoor.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), new)
    assert not User.objects.exists()
    settings.OPEN_SIGNUP = True
    client.post(reverse("account_signup"), new)
    assert User.objects.get().email == "new@northmoor.example"
    assert not is_signed_in(client)  # first the code in the e-mail


def test_a_code_is_dead_after_three_wrong_ones(client, person):
    ask_code(client, person.email)
    code = code_in(mail.outbox[0])
    for _guess in range(3):
        enter_code(client, "AAAAAA")
    enter_code(client, code)
    assert not is_signed_in(client)


def test_one_wrong_code_is_forgiven(client, person):
    ask_code(client, person.email)
    enter_code(client, "AAAAAA")
    enter_code(client, code_in(mail.outbox[0]))
    assert is_signed_in(client)


def test_codes_for_one_address_are_limited_wherever_they_are_asked_from(browser, person):
    for turn in range(8):
        ask_code(browser(REMOTE_ADDR=f"192.0.2.{turn}"), person.email)
    assert len(mail.outbox) == 5
    # Five codes, three guesses each, in ten minutes: against more than a thousand million codes.
    assert len(code_in(mail.outbox[0]).replace("-", "")) >= 6


def test_sending_the_code_again_is_limited_too(client, person):
    ask_code(client, person.email)
    for _again in range(12):
        client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert len(mail.outbox) <= 5


def test_forty_people_in_one_room_sign_in_by_code(browser):
    for number in range(40):
        client = browser()
        ensure_account(f"person{number}@northmoor.example")
        ask_code(client, f"person{number}@northmoor.example")
        enter_code(client, code_in(mail.outbox[-1]))
        assert is_signed_in(client)


def test_forty_people_in_one_room_sign_in_by_password(browser):
    for number in range(40):
        client = browser()
        with_password(f"person{number}@northmoor.example")
        sign_in(client, f"person{number}@northmoor.example")
        assert is_signed_in(client)


def test_guessing_one_password_locks_out_the_guesser_and_not_the_owner(browser):
    with_password("ada@northmoor.example")
    with_password("bea@northmoor.example")
    guesser, owner = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
    for turn in range(10):
        sign_in(browser(**guesser), "ada@northmoor.example", f"guess {turn}")
    seen = []
    for who, visitor in (("ada", guesser), ("ada", owner), ("bea", guesser)):
        client = browser(**visitor)
        sign_in(client, f"{who}@northmoor.example")
        seen.append(is_signed_in(client))
    assert seen == [False, True, True]


def test_a_hundred_guesses_from_everywhere_lock_the_account_for_everybody(browser):
    with_password("ada@northmoor.example")
    with_password("bea@northmoor.example")
    for _turn in range(WRONG_PASSWORDS.limit):
        WRONG_PASSWORDS.count_wrong("ada@northmoor.example")
    ada, bea = browser(), browser()
    assert "Too many wrong tries" in sign_in(ada, "Ada@northmoor.example").content.decode()
    sign_in(bea, "bea@northmoor.example")
    assert (is_signed_in(ada), is_signed_in(bea)) == (False, True)


def test_a_wrong_password_is_counted_for_the_account(client):
    with_password("ada@northmoor.example")
    sign_in(client, "ADA@northmoor.example", "guess")
    assert len(WRONG_PASSWORDS._taken(WRONG_PASSWORDS._slots("ada@northmoor.example"))) == 1


def test_the_right_password_is_not_counted(browser):
    with_password("ada@northmoor.example")
    for _turn in range(15):
        client = browser()
        sign_in(client, "ada@northmoor.example")
        assert is_signed_in(client)


def test_one_visitor_trying_many_accounts_is_stopped(client):
    answers = [sign_in(client, f"guess{n}@northmoor.example", "password") for n in range(70)]
    assert "Too many wrong tries" in answers[-1].content.decode()
    assert "Too many wrong tries" not in answers[40].content.decode()


def test_the_administration_has_no_door_of_its_own(client):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))
    with_password("ada@northmoor.example")
    sign_in(client, "ada@northmoor.example")
    assert client.get("/admin/").status_code in {302, 403}
    assert client.get("/admin/login/").status_code == 403

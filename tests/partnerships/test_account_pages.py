import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse

from tests.made_once import made_once

pytestmark = pytest.mark.django_db


@made_once
def person():
    people = get_user_model().objects
    person = people.create_user("ada@northmoor.example", "a long enough phrase", name="Ada Lindqvist")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    return person


def page(client, name):
    return client.get(reverse(name), follow=True).content.decode()


def test_signing_in_offers_the_code_before_the_password(client):
    words = page(client, "account_login")
    assert words.index("E-mail me a code") < words.index("Or use your password")


def test_a_code_comes_by_mail_in_plain_words_and_signs_in(client, person):
    asked = client.post(reverse("account_request_login_code"), {"email": person.email}, follow=True)
    assert "We have sent a code to" in asked.content.decode()
    (letter,) = mail.outbox
    assert letter.subject == "Your sign-in code"
    assert "It works for 15 minutes" in letter.body
    code = letter.body.split("\n\n")[2].strip()
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_password_is_said_in_the_summary(client, person):
    tried = client.post(reverse("account_login"), {"login": person.email, "password": "wrong"})
    assert "There is a problem" in tried.content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_request_login_code", "it works for 15 minutes"),
        ("account_reset_password", "we send you a link to set a new password"),
        ("account_reset_password_done", "We have sent you an e-mail with a link"),
        ("account_inactive", "This account is switched off"),
    ],
)
def test_pages_before_signing_in(client, name, words):
    assert words in page(client, name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_change_password", "Change my password"),
        ("account_email", "Add this address"),
        ("account_logout", "Everything you have done is saved."),
        ("account_reauthenticate", "we ask for your password once more"),
    ],
)
def test_pages_when_signed_in(client, person, name, words):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    shown = page(client, name)
    assert words in shown
    assert "Ada Lindqvist" in shown


def test_signing_out_is_a_post_only(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_who_may_not_make_an_account_is_told_how_to_get_in():
    assert "Whoever leads your partnership" in render_to_string("account/signup_closed.html")


@pytest.mark.parametrize("name", ["403", "404", "429", "500", "403_csrf"])
def test_error_pages_stand_on_their_own(name):
    shown = render_to_string(f"{name}.html")
    assert "<h1>" in shown
    assert 'lang="en-gb"' in shown


def sends(client, name, **data):
    return client.post(reverse(name), data, follow=True).content.decode()


def test_what_is_wrong_is_said_in_our_own_words(client, person):
    said = sends(client, "account_login", login=person.email, password="wrong")
    assert "Address and password do not fit together. Try again, or ask for a code." in said
    said = sends(client, "account_request_login_code", email="ada at northmoor")
    assert "This is not a whole e-mail address. It looks like name@council.example." in said
    sends(client, "account_request_login_code", email=person.email)
    said = sends(client, "account_confirm_login_code", code="WRONG1")
    assert "This is not the code we sent. Look at the newest e-mail and try again." in said
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    said = sends(client, "account_reauthenticate", password="wrong")
    assert "This is not your password. Try again." in said


def test_a_page_that_is_not_there_speaks_of_an_account_to_whoever_has_one(client, person):
    stranger = client.get("/no-such-page/").content.decode()
    assert "copy all of it" in stranger
    assert "Sign in" in stranger
    assert "the account you are signed in with" not in stranger
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    known = client.get("/no-such-page/")
    assert known.status_code == 404
    assert "the account you are signed in with" in known.content.decode()


@pytest.mark.parametrize(
    ("rights", "offered"),
    [
        ({}, False),
        ({"is_staff": True, "is_editor": True}, False),
        ({"is_superuser": True}, False),
        ({"is_staff": True, "is_superuser": True}, True),
    ],
)
def test_the_administration_is_offered_to_those_who_may_do_something_there(client, person, rights, offered):
    for right, value in rights.items():
        setattr(person, right, value)
    person.save()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert ("Site administration" in page(client, "assessments:partnerships")) == offered

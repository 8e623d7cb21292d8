"""An error report must not carry what somebody typed, and still say where to look."""

import logging
import sys

import pytest
from django.core import mail
from django.test import RequestFactory
from django.urls import path
from django.views.debug import technical_500_response

TOKEN = "tKn-4ndVeryLong_Secret"
COMMENT = "Nobody listens to the hospital"
CODE = "return-code-99"


def breaks(request, token=""):
    comment = request.POST.get("comment", COMMENT)
    raise ValueError(f"cannot store {comment}")


urlpatterns = [path("r/<token>/", breaks)]


@pytest.fixture
def request_with_secrets():
    factory = RequestFactory(headers={"referer": f"http://testserver/r/{TOKEN}/1/"})
    factory.cookies["return_code"] = CODE
    return factory.post(f"/r/{TOKEN}/?back={COMMENT}", {"comment": COMMENT, "level": "5"})


def assert_discreet(text):
    for secret in (TOKEN, COMMENT, CODE, "level=", "'5'"):
        assert secret not in text
    assert "ValueError" in text
    assert "in breaks" in text


def test_mail_to_administrators_carries_no_values(client, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    client.cookies["return_code"] = CODE
    logging.getLogger("django.request").disabled = False
    response = client.post(f"/r/{TOKEN}/", {"comment": COMMENT, "level": "5"})
    assert response.status_code == 500
    [report] = mail.outbox
    assert report.to == ["admins@site.example"]
    assert report.subject.endswith("ERROR: /r/…/")
    assert_discreet(str(report.message()))


@pytest.mark.parametrize("accept", ["text/html", "text/plain"])
def test_debug_page_carries_no_values(request_with_secrets, accept):
    request_with_secrets.META["HTTP_ACCEPT"] = accept
    try:
        breaks(request_with_secrets)
    except ValueError:
        response = technical_500_response(request_with_secrets, *sys.exc_info())
    assert_discreet(response.content.decode())


def test_log_line_of_a_failed_request_carries_no_values(client, settings, capsys):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    handler = logging.StreamHandler(sys.stderr)
    from config.logging import DiscreetFormatter

    handler.setFormatter(DiscreetFormatter("%(message)s"))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        client.post(f"/r/{TOKEN}/", {"comment": COMMENT, "level": "5"})
    finally:
        logger.removeHandler(handler)
    assert_discreet(capsys.readouterr().err)

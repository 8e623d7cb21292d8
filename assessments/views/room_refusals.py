"""Pages that say kindly why a phone does not come in, and what to do instead."""

from django.urls import reverse
from django.utils.translation import gettext as _

from .link import Refusal

TEMPLATE = "assessments/workshop/kind.html"


def _page(status, title, *lines, href="", link=""):
    return Refusal(TEMPLATE, status, title=title, lines=lines, href=href, link=link)


def wrong_code():
    return _page(
        404,
        _("This code opens no workshop"),
        _("It may be mistyped, or the facilitator has made a new one, or the workshop is finished."),
        _("Look at the big screen and type the code you see there."),
        href=reverse("assessments:room_code"),
        link=_("Type the code"),
    )


def too_many_codes():
    return _page(
        429,
        _("Too many wrong codes"),
        _(
            "Many wrong codes have been tried from your network. To keep guessers out, we look at no more "
            "for ten minutes."
        ),
        _("Whoever is in the room already is not affected. Tell the facilitator, and try again later."),
    )


def too_many_addresses(back):
    return _page(
        429,
        _("Too many unknown addresses"),
        _(
            "Many addresses that are not known here have been tried. So that nobody finds out who is "
            "a member, we look at no more for ten minutes."
        ),
        _("You can join as a guest now, or try again later."),
        href=back,
        link=_("Go back"),
    )


def no_seat():
    return _page(
        404,
        _("This phone has no place in that workshop"),
        _("Perhaps you joined in another browser, or your browser keeps no cookies."),
        _("Join with the code on the big screen. If you joined before, use the same e-mail address."),
        href=reverse("assessments:room_code"),
        link=_("Type the code"),
    )


def not_now(refusal, back):
    return _page(409, _("Not at the moment"), str(refusal), href=back, link=_("Go back"))


def letter_is_old():
    return _page(
        410,
        _("This link is no longer in use"),
        _("What it was about is over, or you no longer belong to the partnership."),
    )

"""The phone of somebody in the room: joining, and a page that follows the room by itself.

A phone keeps a random device number in a signed cookie; the database knows its hash. With it a phone that
slept, or reloads, is back in its seat.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from partnerships.signin.throttle import WRONG_ADDRESSES, WRONG_ROOMS, client_address
from partnerships.views.base import Page

from .. import keys
from ..forms.rating import DONT_KNOW
from ..forms.workshops import JoinForm, RateForm, RoomCodeForm, VoteForm
from ..kept import kept
from ..models import Seat, Workshop
from ..operations import room
from ..operations.mail import deliver_letters
from ..operations.room_at_once import rate_at_once
from ..policies.base import NotNow
from ..states import RATED, WorkshopState
from ..workshops import words
from ..workshops.phone import find_phone, has_said, newest
from ..workshops.screens import screen
from .base import GONE
from .link import Refusal
from .room_refusals import no_seat, not_now, too_many_addresses, too_many_codes, wrong_code
from .workshop_base import is_live, is_up_to_date, nothing_new, unkept

DEVICE_KEPT = 2 * 24 * 60 * 60  # seconds: a workshop, and the day after
NOTHING = 204
PAGE = "assessments/workshop/room.html"
PART = "assessments/workshop/_room.html"  # what changes of it


class PhoneMixin(Page):
    """For everybody with a phone in the room; a page that is no use says what to do instead."""

    public = translated = True

    refusals = (Refusal, *GONE)

    def refused(self, refusal):
        if isinstance(refusal, GONE):  # thrown away at this moment: a rehearsal, or what was called off
            refusal = no_seat()
        return render(self.request, refusal.template, refusal.context, status=refusal.status)

    def finish(self, answer):
        return answer if answer.status_code == NOTHING else unkept(answer)


class DoorMixin(PhoneMixin):
    """Where codes are tried: wrong ones are counted, and then no more are looked at for a while."""

    def find(self, code):
        address = client_address(self.request)
        if WRONG_ROOMS.is_locked(address):
            raise too_many_codes()
        found = (
            Workshop.objects.select_related("round__partnership").filter(code=code).exclude(code="").first()
        )
        if found is None:
            WRONG_ROOMS.count_wrong(address)
        return found


class CodeView(DoorMixin, FormView):
    """Typing the code, for whoever has no camera at hand."""

    template_name, form_class = "assessments/workshop/code.html", RoomCodeForm

    def form_valid(self, form):
        code = form.cleaned_data["code"]
        if self.find(code) is None:
            form.add_error(
                "code", _("No workshop has this code now. Look at the big screen and type it again.")
            )
            return self.form_invalid(form)
        return redirect("assessments:room_join", code)


class JoinView(DoorMixin, FormView):
    """Coming in: as the member one is, or as a guest."""

    template_name, form_class = "assessments/workshop/join.html", JoinForm

    @cached_property
    def workshop(self):
        found = self.find(keys.tidy_code(self.kwargs["code"]))
        if found is None:
            raise wrong_code()
        return found

    def get(self, request, *args, **kwargs):
        seat = seat_of(request, self.workshop.pk)
        if seat and seat.state != Seat.State.GONE:
            return redirect("assessments:room", self.workshop.pk)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if request.POST.get("as") == "guest":
            return self._enter(lambda device: room.join_as_guest(workshop=self.workshop, device=device))
        if request.POST.get("as") == "member" and self.signed_in_as:
            who = {"workshop": self.workshop, "user": request.user}
            return self._enter(lambda device: room.join_signed_in(**who, device=device))
        return super().post(request, *args, **kwargs)

    @cached_property
    def signed_in_as(self):
        """The member of this partnership whose account is signed in here, if any."""
        if not self.request.user.is_authenticated:
            return None
        members = self.workshop.round.partnership.memberships.current()
        return members.filter(user=self.request.user).first()

    def form_valid(self, form):
        email = form.cleaned_data["email"]
        if WRONG_ADDRESSES.is_locked(self.workshop.pk):
            raise too_many_addresses(self.request.path)
        try:
            who = {"workshop": self.workshop, "email": email, "user": self.request.user}
            return self._enter(lambda device: room.join(**who, device=device))
        except room.UnknownAddress:
            WRONG_ADDRESSES.count_wrong(self.workshop.pk)
            form.add_error(
                "email", _("We do not know this address here. Check it, or join as a guest below.")
            )
            return self.form_invalid(form)

    def _enter(self, join):
        device = device_of(self.request, self.workshop.pk) or secrets.token_urlsafe(20)
        try:
            join(device)
        except NotNow as refusal:
            raise not_now(refusal, self.request.path) from None
        deliver_letters(round=self.workshop.round)
        return seated(self.workshop.pk, device)

    def get_context_data(self, **kwargs):
        facts = {"workshop": self.workshop, "round": self.workshop.round}
        return super().get_context_data(partnership=self.workshop.round.partnership, **facts, **kwargs)


class SeatMixin(PhoneMixin):
    """The seat of the asking phone."""

    @cached_property
    def phone(self):
        """What the phone shows of its seat; whoever has none is told what to do."""
        return phone_of(self.request, self.kwargs["pk"]) or self._nobody()

    @cached_property
    def seat(self):
        """The seat itself, for what is done with it."""
        return seat_of(self.request, self.kwargs["pk"]) or self._nobody()

    def _nobody(self):
        raise no_seat()

    def http_method_not_allowed(self, request, *args, **kwargs):
        self.phone  # noqa: B018 -- whoever has none learns that first
        return super().http_method_not_allowed(request, *args, **kwargs)

    def shown(self, template=PAGE, note="", status=200):
        return render(self.request, template, self.context() | {"note": note}, status=status)

    def context(self):
        phone, now = self._now()
        chosen = own_rating(phone, now)
        return {
            "seat": phone,
            "screen": now,
            "where": words.where(now),
            "say": words.said(now) if phone.state == Seat.State.IN else "",
            "now": timezone.now(),
            "live_url": reverse("assessments:room_live", args=[phone.workshop_id]) + "?",
            "cards": level_cards(now, chosen),
            "is_saved": bool(chosen),
            "is_choosing": now.state == WorkshopState.ENDING
            or bool(now.current and now.current.stage in RATED),
            "votes": vote_cards(phone.worth),
        }

    def _now(self):
        """The phone and the screen of one moment: if the room moved on in between, the phone again."""
        now = room_screen(self.phone)
        if now.revision != self.phone.revision:
            self.forget()
        return self.phone, now

    def forget(self):
        """Read the phone and its seat afresh: something has changed."""
        for name in ("phone", "seat"):
            self.__dict__.pop(name, None)


class RoomView(SeatMixin, TemplateView):
    """The page of the room on a phone."""

    def get(self, request, *args, **kwargs):
        return self.shown()


class RoomLiveView(SeatMixin, View):
    """What is newer than the phone has: 204 from one indexed read, unless something is."""

    def get(self, request, *args, pk, **kwargs):
        device = device_of(request, pk)
        found = device and newest(pk, keys.hash_token(device))
        if found and found[0] == request.GET.get("seat") and is_up_to_date(request, *found[1:]):
            return nothing_new(request)
        return self.shown(PART)


class PhonePressView(SeatMixin, View):
    """One thing to press on the phone."""

    def get(self, request, *args, pk, **kwargs):
        self.phone  # noqa: B018 -- whoever has none learns that first
        return redirect("assessments:room", pk)

    def post(self, request, *args, **kwargs):
        self.phone  # noqa: B018 -- before anything that was sent is looked at
        form = self.form_class(request.POST)
        try:
            if not form.is_valid():
                raise NotNow(" ".join(error for errors in form.errors.values() for error in errors))
            self.press(form)
        except NotNow as refusal:
            self.forget()
            return self.shown(PART if is_live(request) else PAGE, note=str(refusal), status=409)
        if is_live(request):
            self.forget()
            return self.shown(PART)
        return HttpResponseRedirect(reverse("assessments:room", args=[kwargs["pk"]]))


class RateView(PhonePressView):
    form_class = RateForm

    def press(self, form):
        data = form.cleaned_data
        if data["stage"] in RATED and rate_at_once(
            phone=self.phone, number=data["number"], stage=data["stage"], **form.said
        ):
            return
        current = room_screen(self.phone).current
        if current is None or (current.words.number, current.stage) != (data["number"], data["stage"]):
            if has_said(self.seat, data["number"], data["stage"], **form.said):
                return  # it was saved in time, and only the answer got lost
            # A rating that was under way while the room moved on never counts for something else.
            raise NotNow(_("The room had moved on before your rating arrived, so it was not saved."))
        room.rate(seat=self.seat, number=data["number"], **form.said)


class VoteView(PhonePressView):
    form_class = VoteForm

    def press(self, form):
        room.vote(seat=self.seat, worth=form.cleaned_data["worth"])


# --- What a phone is shown ---


def room_screen(phone):
    """The screen of the room as phones see it: the same for all of them, so worked out once a revision."""
    language = get_language()
    return kept(
        "screen of phones",
        (phone.workshop_id, phone.revision, language),
        lambda: screen(Workshop(pk=phone.workshop_id), language),
        seconds=15 * 60,
    )


def own_rating(phone, now):
    """What this phone has said about the action being rated, as the form would send it; or ""."""
    if now.current is None or now.current.stage not in RATED:
        return ""
    return DONT_KNOW if phone.dont_know else str(phone.level or "")


def level_cards(now, chosen):
    if now.current is None:
        return ()
    levels = [
        {"value": str(level.value), "sign": level.value, "title": level.label, "hint": level.looks_like}
        for level in now.current.words.levels
    ]
    unknown = {"value": DONT_KNOW, "sign": "–", "title": _("Don't know")} | {
        "hint": _("Left out of the average")
    }
    return [
        card | {"apart": card is unknown, "chosen": card["value"] == chosen, "id": f"level-{card['value']}"}
        for card in (*levels, unknown)
    ]


def vote_cards(worth):
    return [
        {"value": value, "title": title, "chosen": value == worth, "id": f"worth-{value}"}
        for value, title in enumerate(words.worth_titles(), 1)
    ]


# --- The phone's seat ---


def cookie_name(workshop_pk):
    return f"seat-{workshop_pk}"


def _seal(workshop_pk):
    return signing.Signer(salt=f"assessments.seat-{workshop_pk}")


def seat_cookie(workshop_pk, device):
    """(name, value) of the cookie with which a phone finds its seat again."""
    return cookie_name(workshop_pk), _seal(workshop_pk).sign(device)


def seated(workshop_pk, device):
    """Off to the room, with the cookie that keeps the place."""
    response = redirect("assessments:room", workshop_pk)
    response.set_cookie(
        *seat_cookie(workshop_pk, device),
        max_age=DEVICE_KEPT,
        path="/w/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def device_of(request, workshop_pk):
    """The device number this phone holds for a workshop, or nothing where we did not give it out."""
    try:
        return _seal(workshop_pk).unsign(request.COOKIES.get(cookie_name(workshop_pk), ""))
    except signing.BadSignature:
        return ""


def phone_of(request, workshop_pk):
    device = device_of(request, workshop_pk)
    return find_phone(workshop_pk, keys.hash_token(device)) if device else None


def seat_of(request, workshop_pk):
    device = device_of(request, workshop_pk)
    if not device:
        return None
    seats = Seat.objects.select_related("workshop__round__partnership", "participant")
    return seats.filter(workshop=workshop_pk, device_hash=keys.hash_token(device)).order_by("-pk").first()

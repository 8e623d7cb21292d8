"""What the pages of a live workshop have in common: what the screens hold, and what is newer."""

from csp.decorators import csp_exempt
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import get_language

from partnerships.permissions import Permission
from partnerships.views.base import PartnershipMixin

from .. import keys, queries
from ..models import Workshop
from ..operations.workshops import shown_and_settled
from ..states import WorkshopState
from ..workshops import control, words
from ..workshops.screens import screen
from .base import NotNowMixin

KEY = "assessments.live"
KEY_KEPT = 24 * 60 * 60  # seconds: longer than any workshop


class WorkshopMixin(NotNowMixin, PartnershipMixin):
    """Fetches the workshop the URL names by ``pk``; only who leads the partnership gets in."""

    permission = Permission.MANAGE_ROUNDS

    @cached_property
    def workshop(self):
        found = Workshop.objects.select_related("round__partnership__council", "round__edition")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def round(self):
        return self.workshop.round

    @property
    def partnership(self):
        return self.round.partnership

    @property
    def here(self):
        return reverse("assessments:workshop", args=[self.workshop.pk])

    def refusal_context(self, refusal):
        return {"refusal": str(refusal), "back": back_to(self.request, self.workshop), "round": self.round}

    def get_context_data(self, **kwargs):
        return super().get_context_data(workshop=self.workshop, round=self.round, **kwargs)


class StageMixin(WorkshopMixin):
    """A screen of the room that a lead's browser shows."""

    for_lead = False

    @cached_property
    def screen(self):
        return screen(self.workshop, get_language(), for_lead=self.for_lead)

    def get_context_data(self, **kwargs):
        found = self.screen
        decided = self._decided(found)
        return super().get_context_data(
            screen=found,
            where=words.where(found),
            say=words.said_to_lead(found, decided) if self.for_lead else words.said(found, decided),
            now=timezone.now(),
            join=join_facts(self.request, self.workshop),
            live_url=live_url(self.workshop, self.screen_name),
            decided=decided,
            **kwargs,
        )

    def _decided(self, found):
        """The next steps of the action on the screens; at the end those of the whole workshop."""
        if found.state == WorkshopState.LOBBY:
            return ()
        return queries.nextsteps.decided(
            self.round, number=found.current.words.number if found.current else None
        )

    def render_to_response(self, context, **kwargs):
        return unkept(super().render_to_response(context, **kwargs))


class ControlsMixin(StageMixin):
    """A screen with the facilitator's buttons on it."""

    for_lead = True

    def get_context_data(self, **kwargs):
        found = self.screen
        return super().get_context_data(
            at=words.where(found),
            primary=control.next_move(found),
            others=control.other_moves(found),
            unhide_button=control.unhide(found),
            agree=control.to_agree(found),
            calling_off=self._may_call_off(),
            may_invent=control.may_invent(found),
            first_look=self._first_look(),
            owners=self._owners(),
            **kwargs,
        )

    def _may_call_off(self):
        """A next step decided for another action is on no screen, and stands as well."""
        return control.calling_off(self.screen) and not any(shown_and_settled(self.workshop))

    def _first_look(self):
        """What was decided last time: looked at before the first action."""
        is_lobby = self.screen.state == WorkshopState.LOBBY
        return (
            queries.nextsteps.first_look(self.partnership, today=timezone.localdate()) if is_lobby else None
        )

    def _owners(self):
        """Names to choose from for who does a next step; never on a screen the room looks at."""
        is_private = self.screen_name == "control"
        return queries.nextsteps.owners(self.partnership) if is_private and self.screen.current else ()


def join_facts(request, workshop):
    """Where and with what people join, as the big screen says it."""
    whole = request.build_absolute_uri(reverse("assessments:room_code"))
    return {
        "address": whole.partition("://")[2].rstrip("/"),
        "code": keys.spaced_room_code(workshop.code),
        "url": request.build_absolute_uri(reverse("assessments:room_join", args=[workshop.code or "-"])),
        "qr": f"{reverse('assessments:workshop_qr', args=[workshop.pk])}?code={workshop.code}",
    }


def live_url(workshop, name):
    """Where a screen asks what is newer, with the key that lets it ask without signing in each time."""
    key = signing.dumps(workshop.pk, salt=KEY)
    return f"{reverse('assessments:workshop_live', args=[workshop.pk])}?screen={name}&key={key}"


def holds_key(request, pk):
    """Whether the asking page was given out to somebody who may see the screen; says nothing by itself."""
    try:
        return signing.loads(request.GET.get("key", ""), salt=KEY, max_age=KEY_KEPT) == pk
    except signing.BadSignature:
        return False


def is_up_to_date(request, revision, count_revision):
    """Whether what a screen says it has is the newest; a screen without counts asks for none."""
    counts = request.GET.get("counts")
    return request.GET.get("since") == str(revision) and counts in (None, str(count_revision))


@csp_exempt()
def nothing_new(request):
    """204, with the head that ``unkept`` gives: phones ask for little else, so it is written out. There is
    nothing in it that a policy could keep from running."""
    return HttpResponse(status=204, headers=UNKEPT)


UNKEPT = {
    "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private",
    "X-Robots-Tag": "noindex",
}


def unkept(response):
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def is_live(request):
    """Whether the script of a screen asks, which wants the part that changes and not the whole page."""
    return request.headers.get("X-Live") == "1"


def back_to(request, workshop):
    """The screen a button was pressed on: the one for everything, or the facilitator's control."""
    one_screen = reverse("assessments:workshop_one_screen", args=[workshop.pk])
    if request.headers.get("Referer", "").split("?")[0].endswith(one_screen):
        return one_screen
    return reverse("assessments:workshop", args=[workshop.pk])

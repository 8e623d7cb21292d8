"""What every page behind a private link has in common: no account, no trace, a kind word if it is no use."""

from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property

from partnerships.signin.throttle import WRONG_LINKS, client_address
from partnerships.views.base import Page

from .. import keys
from ..models import InvitationLink


class Refusal(Exception):
    """The page cannot be shown; another one says why and what to do."""

    def __init__(self, template, status, **context):
        super().__init__(template)
        self.template, self.status, self.context = template, status, context


class LinkMixin(Page):
    """Finds the invitation of the link in the address, before the view does anything.

    A wrong link is 404, and 429 for whoever tries many; a withdrawn one, or one of somebody who has
    left, is 410. A right link always passes: forty phones in one room share one address.
    """

    public = translated = True

    refusals = (Refusal,)

    def enter(self):
        self.link = self._find_link()

    def refused(self, refusal):
        return render(self.request, refusal.template, refusal.context, status=refusal.status)

    def finish(self, answer):
        """No browser, proxy or search engine keeps a page behind a private link."""
        add_never_cache_headers(answer)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    @property
    def token(self):
        return self.kwargs["token"]

    @property
    def invitation(self):
        return self.link.invitation

    @property
    def round(self):
        return self.invitation.round

    @cached_property
    def membership(self):
        return self.invitation.participant.membership

    def get_context_data(self, **kwargs):
        # What the address names comes along in kwargs, too.
        here = {"token": self.token, "round": self.round, "partnership": self.round.partnership}
        return super().get_context_data(**kwargs | here)

    def _find_link(self):
        links = InvitationLink.objects.select_related(
            "invitation__round__partnership",
            "invitation__round__workshop",
            "invitation__round__previous",
            "invitation__participant__membership",
        )
        link = links.filter(token_hash=keys.hash_token(self.kwargs["token"])).first()
        if link is None:
            refuse_unknown(self.request)
        if not link.is_valid:
            self.link = link
            raise Refusal(
                "assessments/rate/withdrawn.html", 410, partnership=self.round.partnership, lost=self.lost()
            )
        return link

    def lost(self):
        """What somebody sent through a link that has just been withdrawn, to be shown to them."""
        return


def refuse_unknown(request):
    """Nobody finds out by trying which links there are."""
    address = client_address(request)
    if WRONG_LINKS.is_locked(address):
        raise Refusal("assessments/rate/too_many_links.html", 429)
    WRONG_LINKS.count_wrong(address)
    raise Refusal("assessments/rate/unknown.html", 404)

from datetime import datetime

from django.contrib import messages
from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views import View
from django.views.generic import TemplateView

from partnerships.permissions import Permission
from partnerships.views.base import PartnershipMixin, SignedInMixin

from .. import letters, policies, queries
from ..operations import erasure, invitations
from ..operations.settling import settle_organisations
from ..queries.own_data import my_data
from .base import NotNowMixin, RoundMixin
from .confirm import ConfirmView
from .rounds import after_sending, send


class PeopleView(RoundMixin, TemplateView):
    permission = Permission.MANAGE_ROUNDS
    template_name = "assessments/people.html"

    def get_context_data(self, **kwargs):
        rows = queries.people.rows(self.round)
        return super().get_context_data(
            rows=rows,
            proved=queries.people.proved(self.round),
            answered=sum(1 for row in rows if row.progress in ("sent", "answered")),
            asked=sum(1 for row in rows if row.progress != "away"),
            failed=sum(1 for row in rows if row.mail_failed),
            waiting=queries.mail.waiting(self.round),
            to_remind=invitations.to_remind(self.round).count(),
            newcomers=queries.partnership.newcomers(self.round).count(),
            changed=queries.people.changed_organisations(self.round),
            **kwargs,
        )


class PeopleAction(ConfirmView):
    """Something done from the list of people, which is also where it leads back to."""

    template_name = "assessments/people_confirm.html"

    next = ""

    def done_url(self):
        return self.next or reverse("assessments:round_people", args=[self.round.pk])

    def require(self):
        policies.rounds.require_open(self.round)

    tells = False

    def afterwards(self):
        """Send what has become due; what one page has no time for goes out from the next."""
        if not self.tells:
            return
        delivery = send(self.request, self.round)
        self.next = after_sending(self.round, delivery, "assessments:round_people")


class SettleView(PeopleAction):
    """Accept the organisations that people say they are of, or put back what was written down.

    Done where it is listed, so there is no page to confirm it.
    """

    def get(self, request, *args, **kwargs):
        return redirect(self.done_url())

    def act(self, cleaned):
        accept = self.request.POST.get("settle") == "accept"
        count = settle_organisations(
            by=self.request.user, round=self.round, seen=dict(self._seen()), accept=accept
        )
        return self._said(count, accept)

    def _seen(self):
        """(invitation, organisation) of what the page had shown; what is no such pair is left out."""
        for pair in self.request.POST.getlist("seen"):
            invitation, _colon, organisation = pair.partition(":")
            if invitation.isdecimal() and (organisation.isdecimal() or not organisation):
                yield int(invitation), int(organisation) if organisation else None

    def _said(self, count, accept):
        if not count:
            return _("Nothing is settled: it has been changed since this page was shown. Look again.")
        if accept:
            said = ngettext("%(count)d change is accepted.", "%(count)d changes are accepted.", count)
        else:
            said = ngettext("%(count)d change is put back.", "%(count)d changes are put back.", count)
        return said % {"count": count}


class RemindView(PeopleAction):
    template_name = "assessments/people_remind.html"
    tells = True

    def act(self, cleaned):
        count = invitations.remind(by=self.request.user, round=self.round, seen_at=self._seen_at())
        if not count:
            return _("There was nobody to remind.")
        return ngettext("%(count)d person is reminded.", "%(count)d people are reminded.", count) % {
            "count": count
        }

    def _seen_at(self):
        """When the page with the number was made; anything else typed there counts as not said."""
        try:
            return datetime.fromisoformat(self.request.POST.get("seen_at", "")).astimezone()
        except (ValueError, OverflowError):
            return None

    def get_context_data(self, **kwargs):
        unfinished = invitations.unfinished(self.round).count()
        due = invitations.to_remind(self.round).count()
        return super().get_context_data(
            due=due, others=unfinished - due, seen_at=timezone.now().isoformat(), **kwargs
        )


class NewcomersView(PeopleAction):
    template_name = "assessments/people_newcomers.html"
    tells = True

    def act(self, cleaned):
        made = invitations.invite(by=self.request.user, round=self.round)
        return ngettext("%(count)d person is invited.", "%(count)d people are invited.", len(made)) % {
            "count": len(made)
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(newcomers=queries.partnership.newcomers(self.round), **kwargs)


class PersonAction(PeopleAction):
    """Something done for one person of the round."""

    kind = "primary"

    @cached_property
    def invitation(self):
        people = self.round.invitations.select_related("participant__membership")
        return get_object_or_404(people, pk=self.kwargs["invitation"])

    def get(self, request, *args, **kwargs):
        # The person before the moment: a number of another round is not found, whatever the state.
        return super().get(request, *args, person=self.invitation, **kwargs)

    @property
    def words(self):
        return {"name": self.invitation.participant.name}

    def get_context_data(self, **kwargs):
        facts = {"title": self.title % self.words, "text": self.text % self.words, "label": self.label}
        return super().get_context_data(kind=self.kind, extra=(), note="", **facts, **kwargs)


class LinkView(PersonAction):
    """A fresh link, shown once: only its hash is kept."""

    title = lazy("A link for %(name)s")
    text = lazy(
        "You get a private link to give to this person. Links they already have go on working. Answers "
        "begun through it count in this round. They are not matched with other rounds, since you hold the "
        "link too. The person is told by e-mail that they were begun."
    )
    label = lazy("Make a link")

    def require(self):
        """A link opens the questions while the round is open, and the results once they are shared."""

    def make(self):
        return invitations.issue_link(by=self.request.user, invitation=self.invitation)

    def post(self, request, *args, **kwargs):
        url = letters.link_url(self.make(), self._kind())
        self.template_name = "assessments/people_link.html"
        response = self.render_to_response(self.get_context_data(url=url, replaces=self.replaces))
        response["Cache-Control"] = "no-store"
        return response

    def _kind(self):
        kinds = letters.Mail
        return kinds.RESULTS if self.round.state == "shared" else kinds.INVITATION

    replaces = False


class RenewView(LinkView):
    replaces = True

    title = lazy("A new link for %(name)s")
    text = lazy(
        "You get a new private link, and every earlier link of %(name)s stops working. "
        "Do this if a link has gone to the wrong person. What has been saved stays."
    )
    label = lazy("Make a new link and stop the old ones")

    def make(self):
        return invitations.renew_link(by=self.request.user, invitation=self.invitation)


class WithdrawView(PersonAction):
    kind = "danger"

    title = lazy("Withdraw the links of %(name)s")
    text = lazy(
        "No link of %(name)s opens anything any more, and they get no further e-mail about this round. "
        "What they have saved counts all the same. You can make a new link later."
    )
    label = lazy("Withdraw the links")

    def require(self):
        """A link can be withdrawn at any time."""

    def act(self, cleaned):
        invitations.withdraw_links(by=self.request.user, invitation=self.invitation)
        return _("The links of %(name)s are withdrawn.") % self.words


class AwayView(PersonAction):
    @property
    def away(self):
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        return asked.get("away") != "no"

    @property
    def title(self):
        return _("Mark %(name)s as away") if self.away else _("%(name)s is back")

    @property
    def text(self):
        if self.away:
            return _("They cannot take part in this round. They are left out when answers are counted.")
        return _("They are counted among the people asked again.")

    @property
    def label(self):
        return _("Mark as away") if self.away else _("Mark as back")

    def require(self):
        policies.rounds.require_not_frozen(self.round)

    def act(self, cleaned):
        invitations.mark_away(by=self.request.user, invitation=self.invitation, away=self.away)
        said = _("%(name)s is marked as away.") if self.away else _("%(name)s is counted again.")
        return said % self.words

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"extra": [("away", "yes" if self.away else "no")]}


class AgainView(PersonAction):
    tells = True

    title = lazy("Send the invitation to %(name)s again")
    text = lazy("They get the same e-mail with a further link. Links they already have go on working.")
    label = lazy("Send the e-mail")

    def act(self, cleaned):
        invitations.make_mail_due(by=self.request.user, invitation=self.invitation)


class RestartView(PersonAction):
    kind = "danger"

    title = lazy("Let %(name)s start again")
    text = lazy(
        "Do this if %(name)s asks for it, because they have lost both the browser they used and their "
        "return code. Everything they have saved in this round is deleted, unread, and cannot be "
        "brought back."
    )
    label = lazy("Delete what they saved")

    def act(self, cleaned):
        invitations.restart_answers(by=self.request.user, invitation=self.invitation)
        return _("%(name)s can start again.") % self.words

    @property
    def tells(self):
        membership = self.invitation.participant.membership
        return bool(membership and membership.email)

    def get_context_data(self, **kwargs):
        told = (
            _("They are told by e-mail, with a link.")
            if self.tells
            else _("They have no e-mail address: tell them yourself.")
        )
        context = super().get_context_data(**kwargs)
        return context | {"note": told}


class EraseImportedView(PersonAction):
    """Erase a name that came with a file."""

    permission = Permission.MANAGE_MEMBERS
    kind = "danger"

    title = lazy("Erase %(name)s")
    text = lazy(
        "The name is removed from every round it was brought in with. The figures stay as they are, and "
        "nobody can tell any more whose ratings are among them. This cannot be undone."
    )
    label = lazy("Erase this name")

    def require(self):
        policies.rounds.require_imported(self.invitation.participant)

    def act(self, cleaned):
        self.require()
        erasure.erase_imported(by=self.request.user, participant=self.invitation.participant)
        return _("The name is erased.")


class EraseView(NotNowMixin, PartnershipMixin, TemplateView):
    """Erase a member: what goes and what stays is said first."""

    permission = Permission.MANAGE_MEMBERS
    template_name = "assessments/member_erase.html"

    @cached_property
    def member(self):
        return get_object_or_404(self.partnership.memberships, pk=self.kwargs["member"])

    def post(self, request, *args, **kwargs):
        is_self = self.member.user_id == request.user.pk
        account_gone = erasure.erase_person(by=request.user, membership=self.member)
        if is_self and account_gone:
            logout(request)
            return redirect("home")
        messages.success(request, _("The person has been erased."))
        return (
            redirect("assessments:partnerships")
            if is_self
            else redirect("members", slug=self.partnership.slug)
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.member, **kwargs)

    def refusal_context(self, refusal):
        return {"refusal": str(refusal), "back": reverse("members", args=[self.partnership.slug])}


class MyDataView(SignedInMixin, View):
    """A person's own data as a file."""

    def get(self, request):
        response = JsonResponse(my_data(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
        response["Content-Disposition"] = 'attachment; filename="my-data.json"'
        response["Cache-Control"] = "no-store"
        return response

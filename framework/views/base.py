"""What every page for editors has in common: others get 403, for the framework itself is no secret."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from partnerships.permissions import Permission
from partnerships.views.base import Page

from .. import queries
from ..checks.findings import KINDS, stops
from ..models import Edition


class EditorMixin(Page):
    """Lets in framework editors and administrators."""

    permission = Permission.EDIT_FRAMEWORK


class DraftMixin(EditorMixin):
    """Fetches the draft of the framework the URL names by ``slug``; not found where there is none."""

    @cached_property
    def draft(self):
        drafts = Edition.objects.drafts().select_related("framework", "predecessor__framework")
        return get_object_or_404(drafts, framework__slug=self.kwargs["slug"])

    @cached_property
    def both(self):
        """The words of the edition the draft was made from, None if from none, and its own, read at once."""
        return queries.drafts.both_wordings(self.draft, is_fresh=True)

    @property
    def words(self):
        return self.both[1]

    @property
    def before(self):
        """The words of the edition the draft was made from, None if from none."""
        return self.both[0]

    @cached_property
    def typed_changes(self):
        """What was said of the changes so far."""
        return queries.drafts.typed_changes(self.draft)

    @cached_property
    def checked(self):
        """All that the checks find, what must be mended first; the draft's navigation counts it."""
        return queries.drafts.found_in(*self.both, self.typed_changes, self.translations)

    @cached_property
    def translations(self):
        """All that is translated of the draft."""
        return queries.drafts.translated(self.draft)

    @property
    def to_mend(self):
        return stops(self.checked)

    @property
    def kinds_to_say(self):
        return [finding for finding in self.to_mend if finding.page == KINDS]

    @property
    def is_there(self):
        """Whether there still is a draft: somebody may have published or dropped it meanwhile."""
        return Edition.objects.drafts().filter(framework__slug=self.kwargs["slug"]).exists()

    def gone(self):
        """The answer to whoever pressed a button of a draft that is not there any more."""
        messages.error(
            self.request, _("There is no draft any more. It has been published or dropped meanwhile.")
        )
        return redirect("framework_history", self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(draft=self.draft, **kwargs)

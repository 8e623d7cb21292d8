"""The framework as anybody may read it."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.generic import TemplateView

from partnerships.permissions import can_edit_framework

from ..models import Edition
from ..queries.editions import newest_editions
from ..queries.wording import wording


class ReadingView(TemplateView):
    """The words of one edition, for anybody; without one it says that there is none yet."""

    public = translated = True
    template_name = "framework/edition.html"

    @cached_property
    def edition(self):
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        words = self.edition and wording(self.edition, get_language())
        may_edit = can_edit_framework(self.request.user)
        return super().get_context_data(edition=self.edition, words=words, may_edit=may_edit, **kwargs)


class FrameworkView(ReadingView):
    """The framework in its newest published edition; where there are several, a list of them."""

    @cached_property
    def newest(self):
        return newest_editions()

    @cached_property
    def edition(self):
        return self.newest[0] if len(self.newest) == 1 else None

    def get_template_names(self):
        return ["framework/list.html"] if len(self.newest) > 1 else super().get_template_names()

    def get_context_data(self, **kwargs):
        listed = [(each, wording(each, get_language())) for each in self.newest]
        return super().get_context_data(listed=listed, **kwargs)


class EditionView(ReadingView):
    """One edition that rounds use or have used; a draft is nobody's to read here."""

    @cached_property
    def edition(self):
        readable = Edition.objects.readable().select_related("framework")
        return get_object_or_404(readable, framework__slug=self.kwargs["slug"], number=self.kwargs["number"])

"""Error reports that a stranger could read without learning what anybody answered.

Django's own reports carry the form, the cookies, every local variable and the message of
the exception; any of these can hold a rating, a comment, a return code or a private link.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from config.logging import exception_without_values, mask_tokens


class DiscreetFilter(SafeExceptionReporterFilter):
    """No form data, cookies or local variables, in debug mode too."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> list[Any]:
        return []

    def get_cleansed_multivaluedict(self, request: HttpRequest, multivaluedict: Any) -> dict[str, str]:
        return {}

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, str]:
        return {}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, str]:
        return {}


class DiscreetReporter(ExceptionReporter):
    """The report is plain text: what kind of error, where, on which page."""

    def get_traceback_text(self) -> str:
        lines = [self._page(), self._error()]
        return "\n\n".join(line for line in lines if line)

    def get_traceback_html(self) -> str:
        from django.utils.html import format_html

        return format_html("<!doctype html><title>Error</title><pre>{}</pre>", self.get_traceback_text())

    def _page(self) -> str:
        return f"{self.request.method} {mask_tokens(self.request.path)}" if self.request else ""

    def _error(self) -> str:
        return exception_without_values(self.exc_value) if self.exc_value else ""


class DiscreetAdminEmailHandler(AdminEmailHandler):
    """Django puts the log message, which can quote an answer, in the subject; ours says only where."""

    def __init__(self) -> None:
        super().__init__(reporter_class="config.errors.DiscreetReporter")

    def emit(self, record: Any) -> None:
        request = getattr(record, "request", None)
        page = mask_tokens(request.path) if request else record.name
        reporter = DiscreetReporter(request, *(record.exc_info or (None, None, None)), is_email=True)
        self.send_mail(f"{record.levelname}: {page}", reporter.get_traceback_text(), fail_silently=True)

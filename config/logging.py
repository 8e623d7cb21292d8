"""Log lines that say where something went wrong and never what anybody answered."""

import logging
import re
import traceback
from pathlib import Path
from types import TracebackType

LINK_TOKEN = re.compile(r"(/r/)[^/\s?#\"'<>]+")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def mask_tokens(text: str) -> str:
    """A private link in a log would open somebody's answers to whoever reads the log."""
    return LINK_TOKEN.sub(r"\1…", text)


def exception_without_values(error: BaseException) -> str:
    """Where it went wrong: types, files, lines and functions.

    The message is left out because it can quote an answer ("invalid level: 7", or a whole
    row in a database error), and so is the source line, which can hold a literal.
    """
    parts = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        parts.append(_one_exception(current))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\nwhile handling:\n".join(parts)


def _one_exception(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join([f"{type(error).__module__}.{type(error).__qualname__}", *places])


class DiscreetFormatter(logging.Formatter):
    """Masks link tokens and writes exceptions without the values they carry."""

    def formatException(self, ei: ExcInfo) -> str:  # type: ignore[override]  # noqa: N802
        return exception_without_values(ei[1]) if ei[1] is not None else ""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have cached its own, fuller text of the exception on the record.
        record.exc_text = None
        text = mask_tokens(super().format(record))
        record.exc_text = None
        return text


def logging_settings(level: str, *, discreet: bool = True) -> dict[str, object]:
    """Not discreet only where everybody is invented: there an error may quote what was typed."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": "config.logging.DiscreetFormatter" if discreet else "logging.Formatter",
                "format": "{asctime} {levelname} {name} {message}",
                "style": "{",
            },
        },
        "filters": {"not_debug": {"()": "django.utils.log.RequireDebugFalse"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "lines"},
            "mail_admins": {
                "class": "config.errors.DiscreetAdminEmailHandler",
                "level": "ERROR",
                "filters": ["not_debug"],
                "formatter": "lines",
            },
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django adds handlers of its own to these two; ours replace them.
            "django": {"handlers": ["console", "mail_admins"], "level": level, "propagate": False},
            "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        },
    }

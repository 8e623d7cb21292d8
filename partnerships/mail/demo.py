"""Mail of the demonstration: kept as files instead of sent, so that it can be read in the browser."""

import os
import re
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

# The name of a file is made of the moment and chance; nothing a visitor types reaches the disk.
KEY = re.compile(r"\d{20}-[0-9a-f]{8}")


class MailboxBackend(BaseEmailBackend):
    """Writes each message into the demonstration's mailbox."""

    def send_messages(self, email_messages):
        settings.DEMO_MAILBOX.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            _keep(message.message().as_bytes(linesep="\r\n"))
        return len(email_messages)


def _keep(content):
    """Write whole or not at all: whoever lists the mailbox never meets half a message."""
    key = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
    unfinished = settings.DEMO_MAILBOX / f"{key}.part"
    unfinished.write_bytes(content)
    os.replace(unfinished, settings.DEMO_MAILBOX / f"{key}.eml")


@dataclass(frozen=True, slots=True)
class Message:
    """One kept message. ``key`` names it in an address; ``body`` is its plain text."""

    key: str
    at: datetime
    to: str
    subject: str
    body: str


def messages(limit=200):
    """The newest messages first."""
    if not settings.DEMO_MAILBOX.is_dir():
        return []
    keys = sorted((path.stem for path in settings.DEMO_MAILBOX.glob("*.eml")), reverse=True)
    return [found for key in keys[:limit] if (found := message(key))]


def message(key):
    """One message, or None where there is none of that key."""
    if not KEY.fullmatch(key):
        return None
    try:
        content = Path(settings.DEMO_MAILBOX / f"{key}.eml").read_bytes()
    except FileNotFoundError:
        return None
    return _read(key, content)


def _read(key, content):
    parsed = BytesParser(policy=policy.default).parsebytes(content)
    body = parsed.get_body(preferencelist=("plain",))
    return Message(
        key=key,
        at=datetime.fromtimestamp(int(key[:20]) / 1_000_000_000).astimezone(),
        to=str(parsed["To"] or ""),
        subject=str(parsed["Subject"] or ""),
        body=body.get_content() if body else "",
    )

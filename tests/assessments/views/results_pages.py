"""The results pages as a browser asks for them, and what a reader sees on them."""

import re

from django.urls import reverse

from assessments.models import Invitation
from assessments.operations.invitations import issue_link


def address(name, round):
    return reverse(f"assessments:{name}", args=[round.pk])


def text(response):
    """What a reader sees: no tags, no script, one blank between words."""
    return text_of(response.content.decode())


def text_of(html):
    html = html.replace("&#x27;", "'").replace("&quot;", '"')
    html = re.sub(r"<script.*?</script>|<head>.*?</head>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def page(client, round, name="results", query=""):
    return client.get(address(name, round) + query)


def private_address(room, round, name):
    invitation = Invitation.objects.get(round=round, participant__membership=room.members[0])
    token = issue_link(by=room.lead.user, invitation=invitation)
    return reverse(f"assessments:{name}", args=[token])

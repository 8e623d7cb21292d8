"""The screens of a workshop as a browser asks for them, and what is on them."""

import re

from django.urls import reverse

SCREENS = ("workshop", "workshop_projector", "workshop_one_screen")


def url(name, hall, *args):
    return reverse(f"assessments:{name}", args=[hall.workshop.pk, *args])


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def press(client, hall, name, seen=None, **data):
    data["seen"] = hall.seen if seen is None else seen
    return client.post(url(name, hall), data)


FOCUSABLE = re.compile(r"<(?:a|button|input|textarea|summary)\b[^>]*>")


def focusable(page):
    """Tags in the part that is replaced that can have the focus."""
    stage = re.sub(r"<div hidden>.*", "", page[page.index('id="stage"') :])
    stage = stage.partition('<dialog class="keys"')[0].partition("</main>")[0]
    return [tag for tag in FOCUSABLE.findall(stage) if 'type="hidden"' not in tag]


def live(page):
    """The address a page's script asks, with what the page has."""
    address = re.search(r'data-live="([^"]*)"', page).group(1).replace("&amp;", "&")
    facts = dict(re.findall(r'data-(revision|counts|seat)="([^"]*)"', page[page.index('id="stage"') :][:500]))
    names = {"revision": "since"}
    more = "&".join(f"{names.get(name, name)}={value}" for name, value in facts.items())
    return f"{address}{'' if address.endswith('?') else '&'}{more}"

from datetime import UTC, datetime

import pytest

from framework.models import Action, ActionLevel, Area, Edition, Framework, Level
from tests.made_once import made_once


@made_once
def published(edition):
    """Edition 1 as a site gets it."""
    return edition


@made_once
def draft(published):
    """A small edition 2 somebody is still writing."""
    edition = Edition.objects.create(framework=published.framework, number=2, predecessor=published)
    area = Area.objects.create(
        edition=edition, code="meeting", name="Come together", about="Meet.", order=7, colour="convene"
    )
    level = Level.objects.create(edition=edition, value=1, label="Not yet")
    action = Action.objects.create(
        edition=edition,
        area=area,
        code="citizens-places",
        number=1,
        title="Start with places",
        short_title="Places",
        statement="We start with places.",
        question="Do we start with places?",
        prompts=["Which place?"],
    )
    ActionLevel.objects.create(action=action, level=level, looks_like="We start elsewhere")
    return edition


@made_once
def other_framework():
    return Framework.objects.create(slug="ten-actions", name="Ten actions", source="A later list")


@pytest.fixture
def day():
    return datetime(2026, 11, 20, 9, tzinfo=UTC)

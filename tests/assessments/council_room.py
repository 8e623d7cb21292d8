"""A council with partnerships that have shared rounds, for the tests of the portfolio."""

from datetime import timedelta

from django.utils import timezone

from assessments import queries
from assessments.operations.imports import import_round
from assessments.operations.rounds import share_round
from assessments.sheets.ratings import Person, Sheet
from framework.models import Action, ActionLevel, Area, Edition, Framework, Level
from tests.factories import CouncilFactory, PartnershipFactory, UserFactory

ACTIONS = 11


class Hall:
    """A council with an officer."""

    def __init__(self, name="Northmoor Council"):
        self.officer = UserFactory()
        self.council = CouncilFactory(name=name, officers=[self.officer])

    def partnership(
        self, name, *people, days_ago=10, state="shared", title="Round", system="climate", **settings
    ):
        """A partnership hosted here, and its round; without people it has none.

        Each of the people says a level of every action, or has a dict of action -> level or "dk".
        """
        made = PartnershipFactory(name=name, council=self.council, system=system)
        if people:
            self.round(made, *people, days_ago=days_ago, state=state, title=title, **settings)
        return made

    @staticmethod
    def round(partnership, *people, days_ago=10, state="shared", title="Round", **settings):
        edition = settings.get("edition")
        actions = edition.actions.count() if edition else ACTIONS
        rows = [
            Person(f"Person {n}", "", "", _cells(said, actions), ("",) * actions)
            for n, said in enumerate(people)
        ]
        settings.setdefault("same_people", True)
        closed_on = timezone.localdate() - timedelta(days=days_ago)
        made = import_round(
            by=None,
            partnership=partnership,
            title=title,
            sheet=Sheet(tuple(rows)),
            closed_on=closed_on,
            **settings,
        )
        return share_round(by=None, round=made, tell=False) if state == "shared" else made

    def read(self, **asked):
        return queries.portfolio.read(
            self.council, queries.portfolio.Asked(**asked), language="en-gb", today=timezone.localdate()
        )


def _cells(said, actions):
    if isinstance(said, dict):
        return tuple(said.get(number) for number in range(1, actions + 1))
    return (said,) * actions


def another_edition(edition, *, framework=None, codes=("citizens-places", "brand-new")):
    """A published edition of two actions, of the same framework unless told otherwise."""
    made = Edition.objects.create(framework=framework or edition.framework, number=2, predecessor=None)
    area = Area.objects.create(edition=made, code="all", name="All", about="All.", order=1, colour="ethos")
    levels = [Level.objects.create(edition=made, value=n, label=f"L{n}") for n in range(1, 6)]
    for number, code in enumerate(codes, start=1):
        action = Action.objects.create(
            edition=made,
            area=area,
            code=code,
            number=number,
            title=f"Title of {code}",
            short_title=code,
            statement="We do.",
            question="Do we?",
        )
        for level in levels:
            ActionLevel.objects.create(action=action, level=level, looks_like="So")
    made.status, made.published_at = Edition.Status.PUBLISHED, timezone.now()
    made.save()
    return made


def another_framework(edition):
    framework = Framework.objects.create(slug="ten-actions", name="Ten actions", source="A later list")
    return another_edition(edition, framework=framework)

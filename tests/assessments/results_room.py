"""Rounds with known ratings, for the tests of what is shown of results."""

from assessments.analysis import Distribution, Turnout, analyse, pool
from assessments.analysis.counts import RoundCounts
from assessments.analysis.results import Rules
from framework.wording.values import ActionWording, AreaWording, EditionWording, LevelLooksLike, LevelWording
from tests.factories import (
    CouncilFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    UserFactory,
    make_lead,
    make_round,
)

LABELS = ("Not yet", "Starting", "Partly", "Mostly", "Fully")
AREAS = {"convene": "Convene", "system": "System", "edge": "Edge", "ethos": "Ethos"}


def area_of(number):
    return list(AREAS)[(number - 1) // 3]


def read(*patterns, least=5, invited=None, groups=None, turnout=None, **rules):
    """Results of a round in which action 1, 2, ... got these (counts, don't know)."""
    rules = Rules(least=least, **rules)
    distributions = [Distribution(tuple(counts), unknown) for counts, unknown in patterns]
    actions = tuple(
        pool(
            code=f"action-{number}",
            number=number,
            area=area_of(number),
            groups=groups or (),
            ungrouped=distribution,
            least=rules.least,
            confidential=rules.confidential,
        )
        for number, distribution in enumerate(distributions, 1)
    )
    answered = max(distribution.n + distribution.dont_know for distribution in distributions)
    return analyse(RoundCounts(actions, turnout or Turnout(invited or answered, answered)), rules)


def words_for(count, *, title="Title {}"):
    """Wording of an invented edition with this many actions, three to an area."""
    actions = tuple(_action(number, title) for number in range(1, count + 1))
    areas = tuple(
        AreaWording(code, name, "About", code, tuple(a for a in actions if a.area_code == code))
        for code, name in AREAS.items()
    )
    levels = tuple(LevelWording(value, label) for value, label in enumerate(LABELS, 1))
    return EditionWording(1, 1, "Invented", "Source", "Note", levels, areas, actions)


def _action(number, title):
    area = area_of(number)
    looks_like = tuple(LevelLooksLike(value, label, "Looks") for value, label in enumerate(LABELS, 1))
    return ActionWording(
        id=number,
        code=f"action-{number}",
        number=number,
        title=title.format(number),
        short_title=title.format(number),
        statement="Statement",
        question="Question",
        prompts=(),
        helps="Helps",
        hinders="Hinders",
        skills_question="Skills",
        area_code=area,
        area_name=AREAS[area],
        colour=area,
        levels=looks_like,
    )


class SizedPartnership:
    """A partnership with a lead, an officer, and organisations of given sizes."""

    def __init__(self, *sizes, **fields):
        self.officer = UserFactory()
        council = CouncilFactory(officers=[self.officer])
        self.partnership = PartnershipFactory(name="Northmoor Ageing Well", council=council, **fields)
        self.members = []
        for place, size in enumerate(sizes):
            body = OrganisationFactory(partnership=self.partnership, name=f"Body {'ABCDEFGH'[place]}")
            self.members += [
                MembershipFactory(partnership=self.partnership, organisation=body) for _ in range(size)
            ]
        self.lead = make_lead(self.partnership, organisation=None)

    def round(self, *people, state="revealed", **settings):
        """A round in which each person in turn says these cells; a level stands for all eleven."""
        answers = [
            (member, dict.fromkeys(range(1, 12), said) if isinstance(said, int) else said)
            for member, said in zip(self.members, people, strict=False)
        ]
        return make_round(self.partnership, by=self.lead.user, state=state, answers=answers, **settings)

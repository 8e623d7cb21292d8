"""A reader in Welsh, and what is noticed of strings that are not."""

from gettext import NullTranslations

from django.test import Client

from assessments.operations.rounds import finish_comments
from tests.factories import MembershipFactory, PartnershipFactory, make_lead, make_round


class Missing(NullTranslations):
    """Stands behind the Welsh catalogue and notes what falls through it."""

    def __init__(self):
        super().__init__()
        self.strings = set()

    def gettext(self, message):
        self.strings.add(message)
        return message

    def ngettext(self, one, many, n):
        self.strings.add(one)
        return one if n == 1 else many


def welsh_browser():
    return Client(headers={"accept-language": "cy"})


def text(response):
    return " ".join(response.content.decode().split())


def make_two_rounds():
    """Two shared rounds of one partnership, seven people each, with what a page may have to say."""
    partnership = PartnershipFactory()
    lead = make_lead(partnership)
    people = MembershipFactory.create_batch(7, partnership=partnership)
    found = []
    for title, lower in (("Spring", 0), ("Autumn", 2)):
        answers = [
            (
                who,
                {
                    1: (max(1, level - lower), "We never talk about money."),
                    2: (5, "We talk every week."),
                    3: 1,
                    4: level,
                    5: "dk",
                },
            )
            for who, level in zip(people, (5, 5, 5, 4, 4, 3, 1), strict=True)
        ]
        round = make_round(partnership, by=lead.user, state="shared", answers=answers, title=title)
        finish_comments(by=lead.user, round=round)
        found.append(round)
    return lead, people[0], found


def phone(hall):
    """A phone that joined as a guest."""
    browser = welsh_browser()
    browser.post(f"/w/{hall.workshop.code}/", {"as": "guest"})
    return browser

"""Rounds brought in one after another, for the tests of what is compared."""

from assessments.operations.imports import import_round
from assessments.operations.rounds import share_round
from assessments.sheets.ratings import headings, read_sheet


def bring_in(partnership, title, people, *, edition=None, organisations=None, share=True, **settings):
    """A round whose results are open. ``people`` maps who answered to one level for all eleven actions, or
    to cells by action number; "" is no answer. ``organisations`` maps who to where they come from.
    """
    actions = edition.actions.count() if edition else 11
    rows = [[*headings(actions)[:1], "organisation", *map(str, range(1, actions + 1))]]
    for who, said in people.items():
        cells = said if isinstance(said, dict) else dict.fromkeys(range(1, actions + 1), said)
        answers = [str(cells.get(number, "")) for number in range(1, actions + 1)]
        rows.append([who, (organisations or {}).get(who, ""), *answers])
    sheet = read_sheet(rows, actions=actions)
    settings.setdefault("same_people", True)
    round = import_round(
        by=None, partnership=partnership, title=title, sheet=sheet, edition=edition, **settings
    )
    return share_round(by=None, round=round, tell=False) if share else round


def crowd(*levels, first=1, **others):
    """p1, p2, ... each with a level or cells, and others by name."""
    return {f"p{n}": said for n, said in enumerate(levels, first)} | others

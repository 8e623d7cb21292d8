"""What the example's partnerships have decided to do; days are counted from today."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A next step. ``decided`` is the place of a round among the partnership's past ones (None: outside a
    round), ``due_in`` and ``ended_ago`` are days from today."""

    action: int
    text: str
    owner: str = ""
    due_in: int | None = None
    decided: int | None = -1
    state: str = "open"
    ended_ago: int = 0
    word: str = ""


STEPS = {
    "northmoor-ageing-well": (
        Step(
            10,
            "Ring everybody who told us their view last year, and say what became of it.",
            "Carers of the Moor",
            -12,
        ),
        Step(
            10,
            "Two carers plan every meeting with us and choose one point of the agenda.",
            "Age Together Northmoor",
            40,
        ),
        Step(
            5,
            "Hold an evening for new councillors, run by members of every party.",
            "Celia Oakenshaw",
            25,
        ),
        Step(11, "Add up how many days a year this takes each of us."),
        Step(
            2,
            "Invite police and fire to a meeting at the fire station.",
            "Robin Ashdown",
            9,
            decided=None,
        ),
        Step(
            9,
            "Ward staff and home carers plan discharges together.",
            "Kezia Elderkin",
            -90,
            decided=3,
            state="done",
            ended_ago=101,
            word="Every Thursday now. Fewer people wait over the weekend.",
        ),
        Step(
            5,
            "Ask the cabinet to send the same member to every meeting.",
            "Bryn Hazelrigg",
            -200,
            decided=3,
            state="dropped",
            ended_ago=160,
            word="The member changed twice in a year. We work with all parties instead.",
        ),
    ),
    "northmoor-community-safety": (
        Step(
            10,
            "Hold the next meeting at the youth club. Young people choose the questions.",
            "Safe Nights Northmoor",
            20,
        ),
        Step(11, "Share one analyst between police and council.", "Dev Kestleton", -5, decided=1),
        Step(
            4,
            "Write our three aims on one page.",
            "Isla Hazelrigg",
            -300,
            decided=0,
            state="done",
            ended_ago=320,
            word="Everybody can say them by heart.",
        ),
    ),
    "northmoor-early-years": (
        Step(
            8,
            "Look at one figure together at the start of every meeting: places taken up at age two.",
            "Bashir Netherby",
            14,
        ),
        Step(
            3,
            "One form for a child, whoever sees the child first.",
            "Northmoor Health Trust",
            -220,
            decided=0,
            state="done",
            ended_ago=210,
            word="In use since the spring, after two years of trying.",
        ),
    ),
    "northmoor-town-centre": (
        Step(1, "Put the bench back outside the chemist.", "Northmoor Council", -3, decided=0),
        Step(9, "Ask the people who sweep the square what they see.", "Rosa Heatherwick", 30, decided=0),
        Step(
            4,
            "Say in one sentence what the partnership is for.",
            "Jonah Ivelaw",
            -40,
            decided=0,
            state="done",
            ended_ago=45,
            word="It fits on a shop door.",
        ),
    ),
}

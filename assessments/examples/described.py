"""How a partnership of the example is described: who is in it, and which rounds it has had."""

from dataclasses import dataclass, field

COUNCIL = "Northmoor Council"
ACTIONS = 11
STANDPOINTS = {"e": "elected", "s": "senior", "m": "middle", "f": "frontline", "c": "citizen", "o": "other"}


@dataclass(frozen=True, slots=True)
class Organisation:
    """``who`` has a letter for each person: elected, senior, middle, frontline, citizen, other."""

    name: str
    sector: str
    domain: str
    who: str

    @property
    def standpoints(self):
        return [STANDPOINTS[letter] for letter in self.who]


@dataclass(frozen=True, slots=True)
class Past:
    """A closed round. ``shapes`` has a letter of ``shapes.SHAPES`` for each of the eleven actions, and
    ``comments`` are (action, level it goes with: "low" or "high", text). ``gone`` people who answered the
    rounds before do so no longer."""

    days_ago: int
    shapes: str
    answered: int
    absent: tuple[str, ...] = ()
    gone: int = 0
    state: str = "shared"
    comments: tuple[tuple[int, str, str], ...] = ()
    comments_read: bool = True
    settings: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Present:
    """The open round; the last of those who ``answered`` have begun and not sent yet. ``looks_back``: people
    are asked to look back to the last round."""

    days_ago: int
    shapes: str
    answered: int
    unsent: int
    title: str = ""
    closes_in: int = 14
    looks_back: bool = False


@dataclass(frozen=True, slots=True)
class Workshop:
    """A finished workshop on the last past round, walked through by ``people``: the levels agreed for the
    eleven actions, why for some, and what is said of those rated again."""

    people: int
    agreed: tuple[int | None, ...]
    why: dict[int, str]
    again: dict[int, str]
    worth: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Partnership:
    slug: str
    name: str
    system: str
    organisations: tuple[Organisation, ...]
    past: tuple[Past, ...]
    present: Present | None
    review_months: int = 6
    led_by_robin: bool = True
    with_jo: bool = False
    workshop: Workshop | None = None
    room: str = ""  # title of a round in a workshop that can be joined

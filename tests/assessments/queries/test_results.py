import struct

from django.utils import translation

from assessments import queries
from assessments.operations import rounds
from partnerships.models import Standpoint
from tests.factories import MembershipFactory, PartnershipFactory, everybody, make_round


def speak_welsh(directory, settings, **words):
    """A second language with these words, as a site would have once it is translated."""
    folder = directory / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(compiled({"": "Content-Type: text/plain; charset=UTF-8\n", **words}))
    settings.LOCALE_PATHS = [directory]


def compiled(words):
    """A catalogue in gettext's binary form: two tables of lengths and places, then the texts."""
    pairs = sorted(words.items())
    texts, at, tables = b"", 28 + 16 * len(pairs), b""
    for text in [key for key, _ in pairs] + [value for _, value in pairs]:
        data = text.encode()
        tables += struct.pack("<2I", len(data), at + len(texts))
        texts += data + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + tables + texts


def test_the_names_of_groups_are_stored_in_the_site_s_language_whoever_opens_the_results(
    edition, tmp_path, settings
):
    partnership = PartnershipFactory()
    people = MembershipFactory.create_batch(5, partnership=partnership, standpoint="frontline")
    answers = everybody(people, 1, 2, 3, 4, 5)
    round = make_round(partnership, grouping="standpoint", state="closed", answers=answers)
    speak_welsh(tmp_path, settings, Frontline="Rheng flaen")
    with translation.override("cy"):
        assert Standpoint.FRONTLINE.label == "Rheng flaen"
        rounds.reveal_round(by=None, round=round)
    assert [group.name for group in queries.results.of(round).actions[0].groups] == ["Frontline"]

"""Editions with some of their words in Welsh."""

from framework.operations import publish, start_draft, write_translations
from framework.queries.drafts import LANGUAGE
from framework.queries.wording import wording
from framework.wording.translating import parts_of, texts_of_part

SOME = {
    "levels": {"level_1": "Ddim eto", "level_5": "Yn llwyr"},
    "area:convene": {"name": "Cynnull o gwmpas lleoedd"},
    "action:citizens-places": {
        "title": "Canolbwyntio ar ddinasyddion a lleoedd",
        "short_title": "Dinasyddion a lleoedd",
        "statement": "Rydym yn dechrau gyda phobl leol.",
        "prompts": "Pa gynllun?\nPa le?",
        "level_3": "Weithiau",
    },
}


def translate(edition, texts, *, by=None, language="cy"):
    """Write translations of the texts, by part and field, in a draft."""
    for part, said in texts.items():
        english = texts_of_part(wording(edition, LANGUAGE), part)
        write_translations(
            by=by,
            edition=edition,
            language=language,
            part=part,
            texts=said,
            seen=_nothing(said),
            english=english,
        )


def all_of(edition):
    """Every text of an edition with a sign in front, as if it were translated."""
    words = wording(edition, LANGUAGE)
    return {
        part: {field: f"¶{text}"[:40].strip() for field, text in texts_of_part(words, part).items()}
        for part in parts_of(words)
    }


def welsh_edition(framework, texts=SOME, *, by=None):
    """The next edition of a framework, published, with these texts in Welsh."""
    draft = start_draft(by=by, framework=framework)
    translate(draft, texts(draft) if callable(texts) else texts, by=by)
    return publish(by=by, edition=draft, note="Welsh words.")


def _nothing(texts):
    return dict.fromkeys(texts, "")

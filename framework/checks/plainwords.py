"""How easy a text is to read, and words that are not spelled the British way.

Advice for whoever writes. Neither is a rule, and neither needs anything to be downloaded.
"""

import re

PLAIN = 60.0
"""From this reading ease a text counts as plain English (Flesch, The Art of Readable Writing, 1949)."""

BEGINNINGS = {
    "analyz": "analys",
    "apologiz": "apologis",
    "behavior": "behaviour",
    "color": "colour",
    "emphasiz": "emphasis",
    "endeavor": "endeavour",
    "favor": "favour",
    "finaliz": "finalis",
    "harbor": "harbour",
    "maximiz": "maximis",
    "minimiz": "minimis",
    "mobiliz": "mobilis",
    "neighbor": "neighbour",
    "organiz": "organis",
    "prioritiz": "prioritis",
    "realiz": "realis",
    "recogniz": "recognis",
    "skillful": "skilful",
    "specializ": "specialis",
    "standardiz": "standardis",
    "summariz": "summaris",
}
"""How words begin elsewhere and how they begin in Britain, whatever their ending."""

WHOLE = {
    "canceled": "cancelled",
    "center": "centre",
    "centered": "centred",
    "centers": "centres",
    "defense": "defence",
    "enroll": "enrol",
    "fulfill": "fulfil",
    "honor": "honour",
    "honored": "honoured",
    "labor": "labour",
    "offense": "offence",
    "program": "programme",
    "programs": "programmes",
    "theater": "theatre",
    "traveling": "travelling",
    "utilize": "use",
}


SILENT = r"(?<![aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouycsxzhg])es$|(?<=[^aeiouytd])ed$"
"""Endings that are written and not spoken: place, whole, names, hoped (not table, places, wanted)."""


def not_british(text: str) -> tuple[tuple[str, str], ...]:
    """Words of the text spelled in another way than in Britain, each once, with the British way."""
    found = {word: _british(word) for word in _words(text)}
    return tuple((word, british) for word, british in found.items() if british != word)


def reading_ease(text: str) -> float | None:
    """How easy the text is to read: about 0 (very hard) to 100 (very easy); None without any words.

    206.835 - 1.015 * words / sentences - 84.6 * syllables / words (Flesch 1948, J. Appl. Psychol. 32:221).
    Syllables are counted by spelling, so that the figure is only nearly what a person would count.
    """
    words = _words(text)
    if not words:
        return None
    sentences = max(1, len(re.findall(r"[.!?]+(?:\s|$)", text)))
    per_word = sum(syllables(word) for word in words) / len(words)
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * per_word


def syllables(word: str) -> int:
    """About how many syllables an English word has, by its vowels: at least one."""
    spoken = re.sub(SILENT, "", word.casefold())
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))


def _british(word: str) -> str:
    for begins, instead in BEGINNINGS.items():
        if word.startswith(begins):
            return instead + word.removeprefix(begins)
    return WHOLE.get(word, word)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text.casefold())

"""What readings are called, once: pills, sentences and files take their words from here."""

from django.utils.translation import gettext_lazy as lazy

# key -> (tone, sign, words). The tone chooses the colours; sign and words carry the meaning without them.
READINGS = {
    "strength": ("strength", "▲", lazy("Strength")),
    "keep_working": ("keep", "◆", lazy("Keep working")),
    "needs_attention": ("attention", "▼", lazy("Needs attention")),
    "low": ("attention", "▼", lazy("Needs attention")),
    "falling": ("attention", "▼", lazy("More rate it lower")),
    "rising": ("strength", "▲", lazy("More rate it higher")),
    "no_clear_change": ("quiet", "=", lazy("No clear change")),
    "not_comparable": ("plain", "‖", lazy("Not comparable")),
    "split": ("plain", "⇄", lazy("Split")),
    "spread": ("quiet", "↔", lazy("Spread")),
    "lone_voice": ("quiet", "◦", lazy("Agreed, with one different view")),
    "agreed": ("quiet", "=", lazy("Agreed")),
    "agreed_strong": ("quiet", "=", lazy("Agreed")),
    "agreed_middling": ("quiet", "=", lazy("Agreed")),
    "agreed_weak": ("quiet", "=", lazy("Agreed")),
    "unknown": ("plain", "?", lazy("Many don't know")),
    "too_few": ("quiet", "…", lazy("Too few to say")),
    "not_rated": ("quiet", "–", lazy("Not rated")),
    "hidden": ("quiet", "…", lazy("Hidden to protect people")),
}


def words_of(key):
    """A band and a verdict are keys themselves; of a change and a reason, their rooms say the key."""
    return str(READINGS[key][2])

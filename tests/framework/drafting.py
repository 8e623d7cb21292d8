"""What editors do to a draft, for the tests of what comes of it."""

from framework.changes.proposals import TypedChange
from framework.operations import (
    add_action,
    answer_changes,
    merge_actions,
    retire_action,
    split_action,
    start_draft,
    write_texts,
)
from framework.queries.wording import wording
from framework.wording import parts

BREAKS = {
    "systemic": "meaning_changed",
    "learning": "split",
    "learn-from-others": "split",
    "purpose": "merged",
    "political-support": "merged",
    "resources": "retired",
    "share-what-you-have": "new",
}
"""The actions of ``every_kind`` whose ratings are not compared with those of edition 1, and why."""


def write(draft, code, by=None, **texts):
    """Write texts of one action as an editor who saw what is stored; without a code, labels."""
    part = parts.of_action(code) if code else parts.OF_LEVELS
    seen = parts.texts_in(wording(draft, "en"), part)
    return write_texts(by=by, edition=draft, part=part, texts=texts, seen=seen)


def say(draft, kind, code, by=None):
    """Say of an action what kind of change it is; without a code, of the labels."""
    answer_changes(by=by, edition=draft, changes=[TypedChange(kind, code, code)])


def every_kind(edition, by=None, *, labels="clarified"):
    """A draft with a change of every kind, and with what is said of each: ready to be published."""
    draft = start_draft(by=by, framework=edition.framework)
    write(draft, "citizens-places", by=by, title="Focus on local citizens and on places")
    write(draft, "relationships", by=by, statement="We are honest with one another, and we stay with it.")
    write(draft, "systemic", by=by, question="Does each of us look after our own part well?")
    for code, kind in {
        "citizens-places": "typo",
        "relationships": "clarified",
        "systemic": "meaning_changed",
    }.items():
        say(draft, kind, code, by=by)
    part = split_action(by=by, edition=draft, code="learning", title="Learn from others")
    write(draft, part.code, by=by, **whole("Learning"))
    merge_actions(by=by, edition=draft, into="purpose", source="political-support")
    retire_action(by=by, edition=draft, code="resources")
    new = add_action(by=by, edition=draft, area="ethos", title="Share what you have")
    write(draft, new.code, by=by, **whole("Sharing"))
    write(draft, "", by=by, level_2="Beginning")
    say(draft, labels, "", by=by)
    return draft


def whole(what):
    """Every text an action needs besides its title."""
    levels = {f"level_{value}": f"{what} is at step {value}" for value in range(1, 6)}
    return levels | {
        "short_title": what,
        "statement": f"{what} is what we do.",
        "question": f"Is {what.lower()} what we do?",
        "prompts": f"Who is good at {what.lower()}?",
    }

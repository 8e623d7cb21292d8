"""Edition 1 as it is: the names of the source, the house rules of its wording, and nobody's edits."""

import hashlib
import json
import textwrap
from pathlib import Path

import pytest

import framework
from framework.queries.wording import wording

FIXTURE = Path(framework.__file__).parent / "fixtures" / "transforming_together.json"

# Edition 1 is not edited: a new wording is a new edition. If this fails, put the file back.
DIGEST = "839874c3a6f61150525ad0144a80ce2087ddc80dcce46d8fd592bc0d5ab0938b"

TITLES = [
    "Focus on local citizens and places",
    "Develop honest, committed relationships",
    "Think and act systemically",
    "Agree a clear purpose, outcomes and priorities",
    "Encourage long-term political support",
    "Be optimistic, courageous and creative",
    "Be passionate, persuasive and persistent",
    "Track, reflect, learn and adapt",
    "Empower middle managers and engage the frontline workforce",
    "Actively involve service users and citizens",
    "Devote time, energy and resources to the process",
]
JARGON = ["leverage", "stakeholder", "going forward", "synergy", "deliverable", "holistic", "cascade"]


@pytest.fixture
def words(published):
    return wording(published, "en-gb")


def test_nobody_has_edited_edition_1():
    values = json.dumps(json.loads(FIXTURE.read_text(encoding="utf-8")), sort_keys=True)

    assert hashlib.sha256(values.encode()).hexdigest() == DIGEST


def test_the_names_are_those_of_the_source(words):
    assert [action.title for action in words.actions] == TITLES
    assert [area.name for area in words.areas] == [
        "Convene around places",
        "Take a system focus",
        "Develop an entrepreneurial edge",
        "Build a shared ethos",
    ]
    assert "RSA, Transforming Together (London: RSA, 2017)" in words.source
    assert words.scale_note == (
        "The actions come from the RSA's 2017 report. "
        "The rating scale and the wording of the questions are this tool's own."
    )


def test_every_action_is_complete_and_short_enough_for_a_phone(words):
    for action in words.actions:
        assert action.statement.startswith("We ")
        assert action.statement.endswith(".")
        assert action.question.endswith("?")
        assert max(len(action.statement.split()), len(action.question.split())) <= 25
        assert 2 <= len(action.prompts) <= 4
        assert action.helps
        assert action.hinders
        assert action.skills_question.endswith("?")
        assert [level.value for level in action.levels] == [1, 2, 3, 4, 5]
        assert all(len(level.looks_like.split()) <= 20 for level in action.levels)


def test_all_55_levels_differ(words):
    levels = [level.looks_like for action in words.actions for level in action.levels]

    assert len(set(levels)) == 55


def test_short_titles_fit_a_chart_label(words):
    for action in words.actions:
        lines = textwrap.wrap(action.short_title, 19)
        assert len(lines) <= 3, action.short_title


def test_plain_words_only():
    text = FIXTURE.read_text(encoding="utf-8").lower()

    assert [word for word in JARGON if word in text] == []

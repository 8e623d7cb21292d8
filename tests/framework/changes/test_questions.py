"""An editor is asked about every change once, with the kind it looks like first."""

from dataclasses import replace

from framework.changes.differences import differences
from framework.changes.proposals import TypedChange, propose
from framework.changes.questions import questions, wrong
from tests.framework.words import LABELS, action, edition

TRUST = action("trust", 1)
PURPOSE = action("purpose", 2, "plan", title="Aims", statement="Our aims are clear.", question="Are they?")
MONEY = action(
    "money", 2, "plan", title="Share", statement="We pool budgets across places.", question="Do we?"
)
BEFORE = edition(TRUST, PURPOSE)
REWORDED = replace(TRUST, title="Build trust with great care")
AFTER = edition(REWORDED, MONEY, labels=("No", *LABELS[1:]), number=2)


def asked(after=AFTER, said=(), before=BEFORE):
    return {each.code: each for each in questions(before, after, said)}


def kinds(question):
    return [(option.kind, option.proposed) for option in question.options]


def test_what_it_looks_like_comes_first_and_answers_nothing():
    found = asked()

    assert list(found) == ["", "trust", "money", "purpose"]
    assert not any(each.is_answered for each in found.values())
    assert kinds(found[""]) == [("meaning_changed", True), ("typo", False), ("clarified", False)]
    assert kinds(found["trust"])[0] == ("clarified", True)
    assert kinds(found["money"])[0] == ("new", True)
    assert kinds(found["purpose"])[0] == ("retired", True)
    assert all(option.effect for each in found.values() for option in each.options)


def test_a_kind_about_others_offers_those_it_can_be_about():
    found = asked()

    def others(code, kind):
        return [each.code for each in found[code].option(kind).others]

    assert others("trust", "split") == ["money"]
    assert others("trust", "merged") == ["purpose"]
    assert others("money", "split") == ["trust", "purpose"]
    assert others("purpose", "merged") == ["trust", "money"]
    assert found["money"].option("merged") is None  # that takes two, and one alone is gone
    assert found["purpose"].option("split") is None


def test_where_it_looks_split_the_other_parts_are_known():
    half = action("half", 3, title="Build trust", statement=TRUST.statement, question=TRUST.question)
    found = asked(edition(REWORDED, PURPOSE, half))

    assert found["trust"].options[0].looks_like == ("half",)
    assert found["half"].options[0].kind == "split"
    assert found["half"].options[0].looks_like == ("trust",)


def test_nothing_is_asked_where_nothing_differs_or_an_action_only_moved():
    assert asked(BEFORE) == {}
    assert asked(edition(replace(TRUST, number=2), replace(PURPOSE, number=1))) == {}


def test_an_answer_settles_its_question_and_a_leftover_asks_to_be_taken_back():
    said = propose(differences(BEFORE, AFTER))
    assert all(each.is_settled for each in asked(said=said).values())

    left = asked(BEFORE, [TypedChange("typo", "trust", "trust")])["trust"]
    assert not left.is_settled
    assert left.options == ()
    assert left.action == TRUST
    assert "its words are those of edition 1" in left.misfit


def test_the_digest_follows_the_words_and_what_was_said_and_nothing_else():
    before = asked()
    reworded = asked(edition(replace(REWORDED, helps="More time."), MONEY, labels=("No", *LABELS[1:])))
    said = asked(said=[TypedChange("typo", "trust", "trust")])

    for other in (reworded, said):
        assert other["trust"].digest != before["trust"].digest
        assert {code: each.digest for code, each in other.items() if code != "trust"} == {
            code: each.digest for code, each in before.items() if code != "trust"
        }


def test_why_something_is_no_answer():
    found = asked()
    assert wrong(found["trust"], "clarified", ()) == ""
    assert wrong(found["trust"], "split", ["money"]) == ""
    assert wrong(found["trust"], "split", []) == "Choose which actions."
    assert wrong(found["trust"], "split", ["purpose"]) == "Choose which actions."
    assert wrong(found["money"], "split", ["trust", "purpose"]) == "Choose which action."
    assert wrong(found["trust"], "new", ()) == "Choose one of these."
    two_gone = asked(edition(MONEY), before=edition(TRUST, PURPOSE))
    assert wrong(two_gone["money"], "merged", ["trust"]) == "Choose at least two actions."
    assert wrong(two_gone["money"], "merged", ["trust", "purpose"]) == ""

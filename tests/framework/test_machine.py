"""Editors do anything to one draft after another, in any order.

Whatever they do: areas and actions are numbered without a gap, an edition goes out as a file and comes in
again the same to the letter, nothing that is published changes, and two editions compare an action just
where a plain reading of the rule says so.
"""

from contextlib import suppress
from itertools import combinations
from string import ascii_lowercase

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from framework import operations
from framework.changes.questions import Answer
from framework.files.edition import EditionFile, write
from framework.files.reader import read_edition
from framework.models import Change, Edition, Framework
from framework.operations.drafts import free_number
from framework.queries.drafts import edition_file, questions_of, translated
from framework.queries.lineage import lineage
from framework.queries.wording import wording
from framework.wording.parts import OF_LEVELS, of_action, of_area, texts_in
from framework.wording.translating import texts_of_part
from partnerships.policies import Refusal
from tests.framework.words import action, edition

pytestmark = pytest.mark.django_db

HOW = settings(
    max_examples=6,
    stateful_step_count=28,
    derandomize=True,  # how far it gets must not turn on luck
    deadline=None,
    phases=[Phase.generate],  # to shrink what fails takes minutes
    suppress_health_check=list(HealthCheck),
)
REACHED = set()
WHICH = st.integers(0, 5)
STEP = st.sampled_from([-1, 1])
WORD = st.sampled_from(["share", "hope", "share", "listen", "ŵyr 🥚", "a: b # c"])
FIELD = st.sampled_from(["title", "statement", "question", "prompts", "helps", "level_3"])
FIRST = EditionFile(
    "trust", edition(action("trust", 1), action("share", 2), action("plan", 3, "plan")), note="The first."
)


on_a_draft = precondition(lambda self: self.is_open)
between_drafts = precondition(lambda self: not self.is_open)


def pick(things, which):
    """One of them, whichever number was drawn; None where there is none."""
    return things[which % len(things)] if things else None


class Desk(RuleBasedStateMachine):
    is_open = False
    """Whether there is a draft."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        first = operations.import_edition(by=None, file=FIRST)
        operations.publish(by=None, edition=first, note="The first.")
        self.framework = Framework.objects.get(slug="trust")
        self.published = {}
        self.keep()

    def teardown(self):
        if self.is_open:
            self.out_and_in_again()
        self.compared_as_it_is_read()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # --- What there is ---

    @property
    def draft(self):
        return self.framework.editions.drafts().select_related("framework", "predecessor").first()

    @property
    def words(self):
        return wording(self.draft, "en")

    def codes(self, kind="actions"):
        return [each.code for each in getattr(self.words, kind)]

    def action(self, which):
        return pick(self.codes(), which) or "nowhere"

    def area(self, which):
        return pick(self.codes("areas"), which) or "nowhere"

    def gone(self, kind="actions"):
        before = self.draft.predecessor
        return [each.code for each in getattr(wording(before, "en"), kind)] if before else []

    def do(self, operation, /, **about):
        """Do it as an editor would; it may be refused, and then nothing happened."""
        try:
            with transaction.atomic():
                getattr(operations, operation)(**{"by": None, "edition": self.draft} | about)
            REACHED.add(operation)
        except Refusal:
            REACHED.add(f"{operation} refused")

    def keep(self):
        for each in self.framework.editions.readable():
            self.published.setdefault(each.pk, file_of(each))

    # --- From one draft to the next ---

    @between_drafts
    @rule()
    def start(self):
        with suppress(Refusal):  # where every edition is retired there is none to start from
            operations.start_draft(by=None, framework=self.framework)
        self.is_open = self.draft is not None

    @between_drafts
    @rule(which=WHICH)
    def start_from_an_earlier_one(self, which):
        """Editions can fork: a file says which one it was made from."""
        before = pick(list(self.framework.editions.readable()), which)
        file = edition_file(before)
        number = free_number(self.framework, before.number + 1)
        text = write(file).replace(f"  number: {file.words.number}\n", f"  number: {number}\n", 1)
        text = text.partition("\nchanges:")[0] + "\n" if "\nchanges:" in text else text
        text = text.replace(f"  made_from: {file.made_from}\n", "", 1)
        text = text.replace(f"  number: {number}\n", f"  number: {number}\n  made_from: {before.number}\n", 1)
        operations.import_edition(by=None, file=read_edition(text.encode()))
        self.is_open = True

    @between_drafts
    @rule(which=WHICH)
    def retire_or_use_again(self, which):
        edition = pick(list(self.framework.editions.readable()), which)
        self.do("retire_edition" if edition.status == "published" else "use_again", edition=edition)

    @on_a_draft
    @rule()
    def out_and_in_again(self):
        before = file_of(self.draft)
        operations.import_edition(by=None, file=read_edition(before.encode()), replace_draft=True)
        assert file_of(self.draft) == before

    @on_a_draft
    @rule(which=WHICH)
    def publish(self, which):
        self.finish()
        for each in range(6):
            self.answer_all(which + each)
        self.do("publish", note="Because.")
        self.is_open = self.draft is not None
        self.keep()

    @on_a_draft
    @rule()
    def drop(self):
        self.out_and_in_again()
        self.do("drop_draft")
        self.is_open = False

    # --- Actions and areas ---

    @on_a_draft
    @rule(which=WHICH, title=WORD)
    def add(self, which, title):
        self.do("add_action", area=self.area(which), title=title)

    @on_a_draft
    @rule(which=WHICH, title=WORD)
    def split(self, which, title):
        self.do("split_action", code=self.action(which), title=title)

    @on_a_draft
    @rule(which=WHICH, other=WHICH)
    def merge(self, which, other):
        self.do("merge_actions", into=self.action(which), source=self.action(other))

    @on_a_draft
    @rule(which=WHICH)
    def retire(self, which):
        self.do("retire_action", code=self.action(which))

    @on_a_draft
    @rule(which=WHICH, area=WHICH)
    def bring_back(self, which, area):
        self.do("bring_back_action", code=pick(self.gone(), which) or "nowhere", area=self.area(area))

    @on_a_draft
    @rule(which=WHICH, area=WHICH, after=WHICH, step=STEP)
    def move(self, which, area, after, step):
        code = self.action(which)
        self.do("step_action", code=code, step=step)
        self.do("move_action", code=code, area=self.area(area), after="")
        self.do("move_action", code=code, area="", after=self.action(after))

    @on_a_draft
    @rule(which=WHICH, name=WORD, step=STEP)
    def change_areas(self, which, name, step):
        self.do("bring_back_area", code=pick(self.gone("areas"), which) or "nowhere")
        self.do("add_area", name=name)
        goes, stays = self.area(which), self.area(which + 1)
        self.do("step_area", code=goes, step=step)
        for each in self.words.actions:
            if each.area_code == goes:
                self.do("move_action", code=each.code, area=stays)
        self.do("remove_area", code=goes)

    # --- Words ---

    def write(self, part, **texts):
        seen = texts_in(self.words, part)
        operations.write_texts(by=None, edition=self.draft, part=part, texts=texts, seen=seen)

    @on_a_draft
    @rule(which=WHICH, field=FIELD, word=WORD)
    def reword(self, which, field, word):
        if code := pick(self.codes(), which):
            self.write(of_action(code), **{field: f"We {word}."})

    @on_a_draft
    @rule(which=WHICH)
    def as_it_was(self, which):
        code = pick(self.codes(), which)
        if code in self.gone():
            was = texts_in(wording(self.draft.predecessor, "en"), of_action(code))
            self.write(of_action(code), **was)

    @on_a_draft
    @rule(word=WORD)
    def relabel(self, word):
        self.write(OF_LEVELS, level_2=word)

    @on_a_draft
    @rule(which=WHICH, word=WORD)
    def translate(self, which, word):
        parts = [*map(of_action, self.codes()), *map(of_area, self.codes("areas")), OF_LEVELS, ""]
        part = pick(parts, which)
        english = texts_of_part(self.words, part)
        seen = {each.field: each.text for each in translated(self.draft, "cy") if each.part == part}
        texts = dict.fromkeys(list(english)[:2], word)
        self.do(
            "write_translations",
            language="cy",
            part=part,
            texts=texts,
            seen=dict.fromkeys(texts, "") | seen,
            english=english,
        )

    def finish(self):
        """Write what is missing, so that the draft can be published."""
        self.write("", scale_note="Our own words.")
        if not self.words.actions:
            self.do("add_area", name="Anew")
            self.do("add_action", area=self.area(0), title="Begin")
        for area in self.words.areas:
            if not area.actions:
                self.do("remove_area", code=area.code)
            elif not area.about:
                self.write(of_area(area.code), about="Of it.")
        for each in self.words.actions:
            missing = [name for name, text in texts_in(self.words, of_action(each.code)).items() if not text]
            mark = ascii_lowercase[each.number]
            self.write(of_action(each.code), **{name: f"{mark} {name[-7:]}" for name in missing})
        for each in self.words.levels:
            same = [level.value for level in self.words.levels if level.label == each.label]
            if len(same) > 1:
                self.write(OF_LEVELS, **{f"level_{each.value}": f"{each.label} {each.value}"})
        for each in {each.part for each in translated(self.draft)}:
            english = texts_of_part(self.words, each)
            self.do("confirm_translations", language="cy", part=each, fields=list(english), english=english)

    # --- What is said of the changes ---

    def answer_all(self, which):
        for each in questions_of(self.draft):
            if not each.is_settled:
                self.answer_one(each, which)

    def answer_one(self, question, which):
        option = pick(question.options, which)
        if option is None:
            self.do("take_back_answers", code=question.code)
            return
        others = tuple(each.code for each in option.others[: 1 if option.only_one else option.least])
        answer = Answer(question.code, option.kind, others, question.digest)
        self.do("answer_questions", answers=[answer])

    @on_a_draft
    @rule(which=WHICH, how=WHICH)
    def answer(self, which, how):
        if question := pick(questions_of(self.draft), which):
            self.answer_one(question, how)

    @on_a_draft
    @rule(which=WHICH)
    def take_back(self, which):
        if question := pick(questions_of(self.draft), which):
            self.do("take_back_answers", code=question.code)

    # --- What holds whatever they do ---

    @invariant()
    def everything_is_numbered(self):
        if self.is_open:
            numbers = [each.number for area in self.words.areas for each in area.actions]
            assert numbers == list(range(1, len(numbers) + 1))
            orders = list(self.draft.areas.order_by("order").values_list("order", flat=True))
            assert orders == list(range(1, len(orders) + 1))

    def compared_as_it_is_read(self):
        editions = list(self.framework.editions.readable().select_related("framework"))
        assert {each.pk: file_of(each) for each in editions} == self.published
        found = lineage(each.pk for each in editions)
        for one, other in combinations(editions, 2):
            for code in {*codes_of(one), *codes_of(other)}:
                plain = is_compared(one, other, code)
                assert (found.why(one.pk, other.pk, code) == "") == plain, (one, other, code)
                assert (found.why(other.pk, one.pk, code) == "") == plain, (other, one, code)
                REACHED.add(f"compared {plain}")


def file_of(edition):
    edition = Edition.objects.select_related("framework", "predecessor").get(pk=edition.pk)
    return write(edition_file(edition))


def codes_of(edition):
    return {each.code for each in wording(edition, "en").actions}


# --- The rule of methods, read plainly: step by step from edition to edition ---


def is_compared(one, other, code):
    """Both ask the action, and at every step on the way between them it goes on to mean what it meant."""
    back, forth = ancestors(one), ancestors(other)
    steps = [each for each in (*back, *forth) if (each in back) != (each in forth)]
    asked = code in codes_of(one) and code in codes_of(other)
    return asked and all(goes_on(each, code) for each in steps)


def ancestors(edition):
    return [edition, *ancestors(edition.predecessor)] if edition else []


def goes_on(edition, code):
    """Whether ratings of the action before this edition and in it are about the same thing."""
    before = edition.predecessor
    if before is None or code not in codes_of(before) & codes_of(edition):
        return False
    rows = Change.objects.filter(edition=edition).select_related("before", "after")
    said = {row.kind for row in rows if code in (codes(row.before), codes(row.after))}
    labels = {row.kind for row in rows if row.before is None and row.after is None}
    if texts_in(wording(before, "en"), of_action(code)) != texts_in(wording(edition, "en"), of_action(code)):
        assert said, f"nobody said what became of {code} in {edition}"
    if texts_in(wording(before, "en"), OF_LEVELS) != texts_in(wording(edition, "en"), OF_LEVELS):
        assert labels, f"nobody said what became of the labels in {edition}"
    return said | labels <= {"typo", "clarified"}


def codes(action):
    return action.code if action else None


def test_whatever_editors_do():
    run_state_machine_as_test(Desk, settings=HOW)
    most = {"add_action", "split_action", "merge_actions", "retire_action", "bring_back_action", "publish"}
    assert most | {"compared True", "compared False"} <= REACHED  # it got to where something can go wrong

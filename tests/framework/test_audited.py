"""Every write to a framework leaves in the trail what was done, to what, and by whom."""

from framework import operations
from framework.changes.proposals import TypedChange
from framework.changes.questions import Answer
from framework.files.edition import write
from framework.files.reader import read_edition
from framework.queries.drafts import LANGUAGE, edition_file, questions_of
from framework.queries.wording import wording
from partnerships.models import AuditEvent
from tests.factories import UserFactory

SYSTEMIC = "action:systemic"
EVENTS = {
    "add_action": "action added",
    "add_area": "area added",
    "answer_changes": "kind of change said",
    "answer_questions": "kind of change said",
    "bring_back_action": "action brought back",
    "bring_back_area": "area brought back",
    "confirm_translations": "translation confirmed",
    "drop_draft": "draft dropped",
    "import_edition": "edition imported",
    "merge_actions": "actions merged",
    "move_action": "action moved",
    "publish": "edition published",
    "remove_area": "area removed",
    "retire_action": "action retired",
    "retire_edition": "edition retired",
    "split_action": "action split",
    "start_draft": "draft started",
    "step_action": "action moved",
    "step_area": "areas reordered",
    "take_back_answers": "kind of change taken back",
    "use_again": "edition used again",
    "write_texts": "wording changed",
    "write_translations": "translation changed",
}
"""What each operation is called in the trail."""


class Editor:
    """Does one thing after the other, and notes what the trail says of each."""

    def __init__(self):
        self.user = UserFactory(is_editor=True)
        self.said = {}

    def does(self, operation, /, **about):
        before = AuditEvent.objects.count()
        result = getattr(operations, operation)(by=self.user, **about)
        new = AuditEvent.objects.order_by("pk")[before:]
        self.said[operation] = new[len(new) - 1].event
        assert {event.actor for event in new} == {f"user:{self.user.pk}"}
        return result


def test_every_operation_is_in_the_trail(edition):
    editor = Editor()
    draft = editor.does("start_draft", framework=edition.framework)
    change_the_shape(editor, draft)
    change_the_words(editor, draft)
    say_what_kind_it_is(editor, draft)
    editor.does("drop_draft", edition=draft)
    again = editor.does("import_edition", file=read_edition(write(edition_file(edition)).encode()))
    editor.does("publish", edition=again, note="As it was.")
    editor.does("retire_edition", edition=edition)
    editor.does("use_again", edition=edition)
    assert editor.said == EVENTS
    assert set(EVENTS) == set(operations.__all__)


def change_the_shape(editor, draft):
    editor.does("add_action", edition=draft, area="system", title="Share what you have")
    editor.does("step_action", edition=draft, code="relationships", step=-1)
    editor.does("split_action", edition=draft, code="purpose", title="Agree outcomes")
    editor.does("merge_actions", edition=draft, into="courage", source="persistence")
    editor.does("retire_action", edition=draft, code="resources")
    editor.does("bring_back_action", edition=draft, code="resources")
    editor.does("step_area", edition=draft, code="system", step=-1)
    editor.does("add_area", edition=draft, name="Money")
    for code in ("citizens-places", "relationships"):
        editor.does("move_action", edition=draft, code=code, area="money")
    editor.does("remove_area", edition=draft, code="convene")
    editor.does("bring_back_area", edition=draft, code="convene")


def change_the_words(editor, draft):
    was, now = {"title": wording(draft, LANGUAGE).by_code("systemic").title}, {"title": "Think in systems"}
    welsh = {"edition": draft, "language": "cy", "part": SYSTEMIC}
    editor.does("write_translations", texts={"title": "Systemau"}, seen={"title": ""}, english=was, **welsh)
    editor.does("write_texts", edition=draft, part=SYSTEMIC, texts=now, seen=was)
    editor.does("confirm_translations", fields=["title"], english=now, **welsh)


def say_what_kind_it_is(editor, draft):
    seen = next(each.digest for each in questions_of(draft) if each.code == "systemic")
    answer = Answer("systemic", "clarified", (), seen)
    editor.does("answer_questions", edition=draft, answers=[answer])
    editor.does("take_back_answers", edition=draft, code="systemic")
    editor.does("answer_changes", edition=draft, changes=[TypedChange("typo", "systemic", "systemic")])

"""What it costs to open an edition of eleven actions for editing where nothing has been read yet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from framework.operations import publish, split_action, start_draft
from framework.queries.wording import forget
from tests.factories import UserFactory
from tests.framework.drafting import write
from tests.framework.welsh import SOME, translate
from tests.made_once import made_once

pytestmark = pytest.mark.django_db

MOST = 12
DRAFT = "/framework/transforming-together/draft/"
PAGES = (
    "",
    "action/systemic/",
    "action/think-together/",
    "action/systemic/split/",
    "action/systemic/merge/",
    "action/systemic/move/",
    "action/systemic/retire/",
    "area/system/",
    "around/",
    "kinds/",
    "checks/",
    "publish/",
    "drop/",
    "new-action/",
    "new-area/",
    "language/cy/",
    "language/cy/edition/",
    "language/cy/levels/",
    "language/cy/area:convene/",
    "language/cy/action:citizens-places/",
    "preview/",
    "preview/phone/systemic/",
    "preview/paper/",
    "preview/radar/",
    "preview/screen/systemic/",
)


@made_once
def rowan(edition):
    """An editor of a draft of which a colleague has changed all eleven actions, the labels and the Welsh."""
    rowan, asha = (UserFactory(is_editor=True, name=name) for name in ("Rowan Hale", "Asha Brook"))
    before = start_draft(by=asha, framework=edition.framework)
    translate(before, SOME, by=asha)
    publish(by=asha, edition=before, note="Welsh words.")
    draft = start_draft(by=asha, framework=edition.framework)
    actions = list(draft.actions.all())
    for action in actions:
        write(draft, action.code, by=asha, title=f"Really {action.title}")
    write(draft, "", by=asha, level_2="Beginning")
    split_action(by=asha, edition=draft, code="systemic", title="Think together")
    assert len(actions) == 11
    return rowan


def test_every_page_of_a_draft_opens_in_twelve_queries(client, rowan):
    client.force_login(rowan)
    costs = {}
    for page in PAGES:
        forget()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(DRAFT + page)
        assert answer.status_code == 200, page
        costs[page] = len(queries)
    assert {page: cost for page, cost in costs.items() if cost > MOST} == {}

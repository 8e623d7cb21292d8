import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from framework.queries.wording import wording

from ... import policies, queries, readings
from ...exports.data import as_data
from ...models import Grouping, Round


class Command(BaseCommand):
    help = "Print the results of a round whose results have been opened."

    def add_arguments(self, parser):
        parser.add_argument("round", type=int, metavar="ROUND_ID")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--by", choices=Grouping.values, help="with the groups of people by this")

    def handle(self, *args, by=None, **options):
        round = self._opened(options["round"])
        results = self._grouped(round, by) if by else queries.results.of(round, beside=round.previous)
        if options["format"] == "json":
            facts = {"round_id": round.pk, "partnership": round.partnership.slug}
            self.stdout.write(json.dumps(as_data(results, **facts, with_groups=bool(by)), indent=2))
        else:
            said = [*_summary(round, results), *(_groups(round, results) if by else ())]
            self.stdout.write("\n".join(said))

    def _grouped(self, round, by):
        try:
            return queries.groups.of(round, by, sees_names=True, beside=round.previous)
        except policies.base.NotNow as refusal:
            raise CommandError(str(refusal)) from None

    def _opened(self, pk):
        rounds = Round.objects.real().select_related("partnership", "edition", "previous")
        round = rounds.filter(pk=pk).first()
        if round is None:
            raise CommandError(f"There is no round {pk}.")
        if not round.is_frozen:
            raise CommandError(
                f"The results of round {pk} have not been opened yet, so there is nothing to show."
            )
        return round


def _summary(round, results):
    words = wording(round.edition, "en-gb")
    yield f"{round.partnership.name}: {round.title}"
    yield _("Answered: %(answered)s") % {"answered": readings.results.answered(results.turnout)}
    yield readings.results.summary(results, words)
    yield ""
    yield from (_line(action, words.action(action.number)) for action in results.actions)
    yield ""
    if any(entry.firm for entry in results.attention):
        yield _("What might need more attention:")
    elif not results.attention and len(results.too_few) < len(results.actions):
        yield _("Nothing stands out.")
    yield from _listed(round, results, words, [each for each in results.attention if each.firm])
    close = [each for each in results.attention if not each.firm]
    if close or results.close_to_list:
        yield _("Close to the line: three people rating one level differently would change this.")
        yield from _listed(round, results, words, close)
        yield from filter(None, [readings.results.close_to_list(results)])


def _listed(round, results, words, entries):
    by_number = {action.number: action for action in results.actions}
    changes = {change.code: change for change in results.since.changes} if results.since else {}
    few = readings.attention.few(results.turnout, results.rules.least)
    for entry in entries:
        fell = changes.get(entry.code)
        since = readings.attention.fell(fell, round.previous.title) if fell else ""
        why = readings.attention.why(by_number[entry.number], entry, since, few)
        yield f"  {entry.number} {words.action(entry.number).title}. {why}"


def _line(action, words):
    name = f"{action.number:>4} {words.short_title:<34}"
    if action.distribution is None:
        return f"{name} {readings.results.agreement(action)}"
    mean, agreement = readings.results.mean(action.mean), readings.results.agreement(action)
    return f"{name} {mean:>5}  n {action.n:>3}  {agreement}"


def _groups(round, results):
    words = wording(round.edition, "en-gb")
    yield ""
    yield str(readings.groups.BY[results.rules.grouping]) + ":"
    for row in readings.groups.table(results).rows:
        yield f"{row.action.number:>4} {words.action(row.action.number).short_title}"
        yield from (_cell(cell) for cell in row.cells)


def _cell(cell):
    return f"       {cell.group}: {cell.words}" + (f", n {cell.n}" if cell.n else "")

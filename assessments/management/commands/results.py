import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from assessments import queries, readings
from assessments.exports.data import as_data
from assessments.models import Round
from framework.wording import wording


class Command(BaseCommand):
    help = "Print the results of a round whose results have been opened."

    def add_arguments(self, parser):
        parser.add_argument("round", type=int, metavar="ROUND_ID")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, **options):
        round = self._opened(options["round"])
        results = queries.results(round)
        if options["format"] == "json":
            data = as_data(results, round_id=round.pk, partnership=round.partnership.slug)
            self.stdout.write(json.dumps(data, indent=2))
        else:
            self.stdout.write("\n".join(_summary(round, results)))

    def _opened(self, pk):
        round = Round.objects.real().select_related("partnership", "edition").filter(pk=pk).first()
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
    yield _("Answered: %(answered)s") % {"answered": readings.answered(results.turnout)}
    yield readings.summary(results, words)
    yield ""
    yield from (_line(action, words.action(action.number)) for action in results.actions)
    yield ""
    if results.attention:
        yield _("What might need more attention:")
    elif len(results.too_few) < len(results.actions):
        yield _("Nothing stands out.")
    by_number = {action.number: action for action in results.actions}
    for entry in results.attention:
        why = readings.why(by_number[entry.number], entry.reasons)
        yield f"  {entry.number} {words.action(entry.number).title}. {why}"


def _line(action, words):
    name = f"{action.number:>4} {words.short_title:<34}"
    if action.hidden:
        return f"{name} {readings.hidden_words()}"
    return f"{name} {readings.mean(action.mean):>5}  n {action.n:>3}  {readings.agreement(action)}"

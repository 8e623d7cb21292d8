import json

from django.core.management.base import BaseCommand, CommandError

from ... import policies, queries, readings
from ...exports.compared import as_data
from ...models import Round


class Command(BaseCommand):
    help = "Print how people moved between two rounds of a partnership whose results have been opened."

    def add_arguments(self, parser):
        parser.add_argument("earlier", type=int, metavar="EARLIER_ID")
        parser.add_argument("later", type=int, metavar="LATER_ID")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, **options):
        earlier, later = self._rounds(options["earlier"], options["later"])
        between, changes = queries.results.between(earlier, later), queries.comparison.changes(earlier, later)
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_data(between, changes), indent=2))
        else:
            self.stdout.write("\n".join(_summary(queries.comparison.compare([earlier, later], "en-gb"))))

    def _rounds(self, *keys):
        if len(set(keys)) == 1:
            raise CommandError(f"Round {keys[0]} cannot be compared with itself. Give two different rounds.")
        earlier, later = map(self._opened, keys)
        try:
            policies.comparison.require_comparable([earlier, later])
        except policies.comparison.CannotCompare as refusal:
            raise CommandError(str(refusal)) from None
        if earlier.order > later.order:
            raise CommandError(
                f"Round {earlier.pk} closed after round {later.pk}. Give the earlier one first."
            )
        return earlier, later

    def _opened(self, pk):
        rounds = Round.objects.select_related("partnership", "edition", "workshop")
        round = rounds.filter(pk=pk).first()
        if round is None:
            raise CommandError(f"There is no round {pk}.")
        if not round.is_frozen:
            raise CommandError(
                f"The results of round {pk} have not been opened yet, so there is nothing to compare."
            )
        return round


def _summary(comparison):
    earlier, later = comparison.earlier, comparison.later
    yield f"{later.partnership.name}: {earlier.title} to {later.title}"
    yield readings.change.sentence(comparison.changes, earlier.title)
    yield from filter(
        None, (readings.change.who(comparison.between), readings.change.mostly_new(comparison.between))
    )
    yield ""
    for row in comparison.rows:
        line = f"{row.words.number:>4} {row.words.short_title:<34} {readings.change.reading(row.change)}"
        back = readings.change.looked_back(row.looked_back) if row.looked_back else ""
        yield " ".join(filter(None, (f"{line}.", readings.change.moved(row.change), back)))

from django.core.management.base import BaseCommand, CommandError

from ...operations.recounting import DAMAGED, Recount, check_counts, rebuild_counts, rounds_to_check

SAID = {
    Recount.REGROUPED: "is right; by today's groups it would be another table, and the stored one stands",
    Recount.WRONG: "does not agree with its ratings",
    Recount.UNREADABLE: "cannot be read",
    Recount.MISSING: "is missing",
}
EVERY = 1000


class Command(BaseCommand):
    help = (
        "Count frozen rounds again and compare with the stored counts, while the ratings are kept. "
        "Rounds whose ratings have been removed cannot be checked."
    )

    def add_arguments(self, parser):
        parser.add_argument("rounds", type=int, nargs="*", metavar="ROUND_ID", help="only these rounds")
        parser.add_argument("--rebuild", action="store_true", help="store damaged counts anew")

    def handle(self, *args, rounds, rebuild, **options):
        wanted = rounds_to_check(rounds)
        total, damaged = wanted.count(), 0
        if len(set(rounds)) > total:
            raise CommandError("Not every one of these is a round with opened results and ratings kept.")
        for done, round in enumerate(wanted.iterator(chunk_size=EVERY), start=1):
            found = rebuild_counts(by=None, round=round) if rebuild else check_counts(round)
            damaged += found in DAMAGED
            if found in SAID:
                self._say(round, found, rebuild)
            if done % EVERY == 0:
                self.stdout.write(f"{done} of {total} rounds checked")
                self.stdout.flush()
        self.stdout.write(f"Rounds checked: {total}; damaged: {damaged}")
        if damaged and not rebuild:
            raise CommandError("Run it again with --rebuild to store what the ratings come to.")
        if damaged:
            self.stdout.write("Restart the server: it keeps results in memory.")

    def _say(self, round, found, rebuild):
        mended = " (stored anew)" if rebuild and found in DAMAGED else ""
        self.stdout.write(f"Round {round.pk}, {round.partnership}, {round}: {SAID[found]}{mended}")

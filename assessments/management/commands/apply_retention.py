from django.core.management.base import BaseCommand
from django.utils import timezone

from ...operations.discarding import forgotten_rehearsals, throw_away_forgotten
from ...operations.retention import remove_old_ratings, rounds_past_retention


class Command(BaseCommand):
    help = (
        "Remove ratings, comments and names of rounds past their council's retention period; counts stay. "
        "Throw away rehearsals that were begun more than a day ago."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")

    def handle(self, *args, dry_run, **options):
        today = timezone.localdate()
        if dry_run:
            found = rounds_past_retention(today=today)
            for round in found:
                self._say("Would remove the ratings of", round)
        else:
            found = remove_old_ratings(
                by=None, today=today, done=lambda round: self._say("Removed the ratings of", round)
            )
        self.stdout.write(f"Rounds past their time: {len(found)}")
        now = timezone.now()
        forgotten = len(forgotten_rehearsals(now=now)) if dry_run else throw_away_forgotten(by=None, now=now)
        self.stdout.write(f"Forgotten rehearsals: {forgotten}")

    def _say(self, what, round):
        self.stdout.write(f"{what} round {round.pk}: {round.partnership}, {round}")

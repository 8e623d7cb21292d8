from django.core.management.base import BaseCommand, CommandError

from partnerships.models import Partnership

from ...models import RoundChange
from ...operations import comparing


class Command(BaseCommand):
    help = (
        "Store how people moved between rounds that opened their results before this was counted at once, "
        "and check what is stored against the ratings that are still kept."
    )

    def handle(self, *args, **options):
        partnerships = Partnership.objects.filter(rounds__closed_at__isnull=False).distinct().order_by("pk")
        done = comparing.CaughtUp()
        for each in partnerships:
            done.add(comparing.catch_up(partnership=each))
        unlike = [row for each in partnerships for row in comparing.unlike_their_ratings(each)]
        for row in unlike:
            self.stderr.write(f"  {row}: what is stored is not what the ratings say")
        if unlike:
            raise CommandError(f"{len(unlike)} stored changes are not what the ratings say.")
        self.stdout.write("\n".join(_told(done)))


def _told(done):
    if done.proved:
        yield f"Of {done.proved} answers given before that was kept, the trail proves whose they were."
    yield (
        f"Stored {done.stored} changes between rounds; {RoundChange.objects.count()} are there, and those "
        "whose ratings are kept agree with them."
    )
    if done.recounted:
        yield (
            f"Counted {done.recounted} again by today's rules: {done.not_compared} actions are no longer "
            f"compared, of {done.says_less} the counts are no longer shown, {done.reads_otherwise} read "
            "otherwise."
        )

from django.core.management.base import BaseCommand
from django.db.models import Q

from ...models import Invitation, Letter, Round
from ...operations.mail import deliver, retry_failed


class Command(BaseCommand):
    help = "Send the e-mail that is due: what a page had no time for, or what a stopped process left."

    def add_arguments(self, parser):
        parser.add_argument(
            "--retry-failed", action="store_true", help="try again what could not be sent before"
        )

    def handle(self, *args, retry_failed, **options):
        if retry_failed:
            self._retry()
        delivery = deliver(by=None)
        self.stdout.write(
            f"Sent: {delivery.sent}. Not sent: {delivery.failed}. Still waiting: {delivery.waiting}."
        )

    def _retry(self):
        failed = Q(pk__in=Invitation.objects.mail_failed().values("round"))
        failed |= Q(pk__in=Letter.objects.failed().values("round"))
        for round in Round.objects.filter(failed).select_related("partnership"):
            retry_failed(by=None, round=round)

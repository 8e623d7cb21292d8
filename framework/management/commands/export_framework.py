from django.core.management.base import BaseCommand, CommandError

from ...files.edition import write
from ...models import Edition, Framework
from ...queries.drafts import edition_file


class Command(BaseCommand):
    help = "Print an edition of a framework as a YAML file: docs/framework-file.md"

    def add_arguments(self, parser):
        parser.add_argument("framework", metavar="SLUG", help="short name of the framework")
        parser.add_argument("--edition", type=int, metavar="N", help="without it, the newest published one")

    def handle(self, *args, framework, edition, **options):
        found = self._edition(framework, edition)
        self.stdout.write(write(edition_file(found)), ending="")

    def _edition(self, slug, number):
        editions = Edition.objects.filter(framework__slug=slug).select_related("framework", "predecessor")
        found = editions.newest_published() if number is None else editions.filter(number=number).first()
        if found is None:
            raise CommandError(_missing(slug, number))
        return found


def _missing(slug, number):
    known = list(Framework.objects.values_list("slug", flat=True))
    if slug not in known:
        return f"There is no framework {slug}. There is: {', '.join(known) or 'none yet'}."
    return f"{slug} has no {'published edition yet' if number is None else f'edition {number}'}."

from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from partnerships.tables import TableError, read_table

from assessments.models import Grouping
from assessments.operations.imports import import_round, new_organisations
from assessments.policies import NotNow
from assessments.ratingsheet import BadSheet, read_sheet
from framework.models import Edition
from framework.wording import wording
from partnerships import operations as partnerships
from partnerships.models import Council, Partnership, System
from partnerships.operations import create_council


class Command(BaseCommand):
    help = (
        "Bring ratings in from a CSV or XLSX file as a confidential round whose results are open. "
        "The last line printed is the number of the new round."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="columns respondent, 1 to 11, and optionally others: docs/import.md")
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--round", required=True, metavar="TITLE")
        parser.add_argument("--create", action="store_true", help="make council and partnership where new")
        parser.add_argument("--host", metavar="COUNCIL", help="name of the host council, with --create")
        parser.add_argument("--closed", type=_day, metavar="DATE", help="day the round closed, as 2026-11-14")
        parser.add_argument("--edition", type=int, metavar="N", help="number of the framework's edition")
        parser.add_argument("--group-by", choices=Grouping.values, default=Grouping.ORGANISATION.value)

    def handle(self, *args, **options):
        try:
            round = self._import(options)
        except (TableError, BadSheet, NotNow) as fault:
            raise CommandError(f"Nothing was brought in.\n{fault}") from fault
        except ValidationError as fault:
            raise CommandError("Nothing was brought in.\n" + "\n".join(fault.messages)) from fault
        self.stdout.write(str(round.pk))

    @transaction.atomic
    def _import(self, options):
        edition = self._edition(options["edition"])
        sheet = read_sheet(_rows(options["file"]), actions=len(wording(edition, "en").actions))
        partnership = self._partnership(options)
        self._say(partnership, sheet)
        return import_round(
            by=None,
            partnership=partnership,
            title=options["round"],
            sheet=sheet,
            edition=edition,
            grouping=options["group_by"],
            closed_on=options["closed"],
        )

    def _edition(self, number):
        newest = Edition.objects.newest_published()
        if newest is None:
            raise CommandError(
                "There is no published framework yet. Run: manage.py loaddata transforming_together"
            )
        if number is None:
            return newest
        found = Edition.objects.readable().filter(framework=newest.framework, number=number).first()
        if found is None:
            raise CommandError(f"{newest.framework} has no published edition {number}.")
        return found

    def _partnership(self, options):
        slug = options["partnership"]
        found = Partnership.objects.filter(slug=slug).first()
        if found is None and not options["create"]:
            raise CommandError(f"There is no partnership {slug}. Add --create --host COUNCIL to make it.")
        return found or self._new_partnership(slug, options["host"])

    def _new_partnership(self, slug, host):
        if not host:
            raise CommandError("Say which council hosts the new partnership: --host COUNCIL.")
        council = Council.objects.filter(name__iexact=host.strip()).first()
        if council is None:
            council = create_council(by=None, name=host.strip())
            self.stdout.write(f"New council: {council}")
        partnership = partnerships.create_partnership(
            by=None,
            name=slug.replace("-", " ").capitalize(),
            slug=slug,
            council=council,
            system=System.OTHER,
            review_months=6,
        )
        self.stdout.write(f"New partnership: {partnership} ({slug})")
        return partnership

    def _say(self, partnership, sheet):
        for heading in sheet.unused:
            self.stdout.write(f"Column not used: {heading}")
        for name in new_organisations(partnership, sheet):
            self.stdout.write(f"New organisation: {name}")


def _rows(path):
    try:
        with open(path, "rb") as file:
            return read_table(file)
    except OSError as fault:
        raise CommandError(f"{path} cannot be read: {fault.strerror}.") from fault


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise CommandError(f"{text!r} is not a date; write it as 2026-11-14.") from fault

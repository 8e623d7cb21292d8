from argparse import ArgumentTypeError
from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from framework.queries.wording import wording
from partnerships import operations as partnerships
from partnerships.models import Council, Partnership, System
from partnerships.sheets.tables import TableError, read_table

from ... import queries
from ...models import Grouping
from ...operations.imports import found_again, import_round, new_organisations
from ...policies.base import NotNow
from ...sheets.ratings import BadSheet, read_sheet


class Command(BaseCommand):
    help = (
        "Bring ratings in from a CSV or XLSX file as a confidential round whose results are open. "
        "The last line printed is the number of the new round."
    )
    # Many files are brought in by as many calls, and the checks say nothing about a file.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", help="columns 1 to 11, and optionally others: docs/import.md")
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--round", required=True, metavar="TITLE")
        parser.add_argument("--create", action="store_true", help="make council and partnership where new")
        parser.add_argument("--host", metavar="COUNCIL", help="name of the host council, with --create")
        parser.add_argument("--closed", type=_day, metavar="DATE", help="day the round closed, as 2026-11-14")
        parser.add_argument(
            "--framework",
            metavar="SLUG",
            help="which was rated; left out: that of the partnership's last round",
        )
        parser.add_argument(
            "--edition",
            type=int,
            metavar="N",
            help="which edition of it; left out: the one in use on the day of --closed, or the newest",
        )
        parser.add_argument(
            "--same-people",
            action="store_true",
            help="a respondent is the same person in each of the partnership's files that say so",
        )
        parser.add_argument("--group-by", choices=Grouping.values, default=Grouping.ORGANISATION.value)

    def handle(self, *args, **options):
        # Printed only once everything is in: a line about something taken back would be untrue.
        self.said = []
        try:
            round = self._import(options)
        except (TableError, BadSheet, NotNow) as fault:
            raise CommandError(f"Nothing was brought in.\n{fault}") from fault
        except ValidationError as fault:
            raise CommandError("Nothing was brought in.\n" + "\n".join(_sentences(fault))) from fault
        for line in (*self.said, round.pk):
            self.stdout.write(str(line))

    @transaction.atomic
    def _import(self, options):
        partnership = self._partnership(options)
        edition = self._edition(partnership, options)
        sheet = read_sheet(_rows(options["file"]), actions=len(wording(edition, "en").actions))
        self._say_what_is_new(partnership, sheet)
        if options["same_people"]:
            again = found_again(partnership, sheet)
            self.said.append(f"Found again in other files: {again} of {len(sheet.people)}")
        return import_round(
            by=None,
            partnership=partnership,
            title=options["round"],
            sheet=sheet,
            edition=edition,
            grouping=options["group_by"],
            closed_on=options["closed"],
            same_people=options["same_people"],
        )

    def _edition(self, partnership, options):
        number, day = options["edition"], options["closed"]
        readable = queries.editions.rated_elsewhere(partnership)
        framework = self._framework(partnership, options["framework"], readable)
        then = day and queries.editions.in_force(partnership, framework.pk, day)
        if number is None:
            return then or self._newest(partnership, framework)
        found = [each for each in readable if (each.framework, each.number) == (framework, number)]
        if not found:
            raise CommandError(f"{framework} has no published edition {number}.")
        self._doubt(found[0], then, day)
        return found[0]

    def _doubt(self, edition, then, day):
        """Say where people can hardly have rated an edition that was published later."""
        published = timezone.localdate(edition.published_at)
        if day and published > day and then != edition:
            self.said.append(
                f"Look again: {edition} was published on {published}, after the day the ratings were "
                f"collected; {then} was in use then."
            )

    def _framework(self, partnership, slug, readable):
        if slug is None:
            usual = queries.editions.usual(partnership)
            if usual is None:
                raise CommandError(
                    "There is no published framework yet. Run: manage.py loaddata transforming_together"
                )
            return usual.framework
        known = {each.framework.slug: each.framework for each in readable}
        if slug not in known:
            raise CommandError(
                f"There is no published framework {slug}. There is: {', '.join(sorted(known)) or 'none'}."
            )
        return known[slug]

    def _newest(self, partnership, framework):
        found = queries.editions.newest(partnership, framework.pk)
        if found is None:
            raise CommandError(
                f"{framework} is no longer used for new rounds. Say which --edition was rated."
            )
        return found

    def _partnership(self, options):
        slug, host = options["partnership"], (options["host"] or "").strip()
        if host and not options["create"]:
            raise CommandError("--host is only for --create: an existing partnership has its host already.")
        found = Partnership.objects.filter(slug=slug).select_related("council").first()
        if found is None and not options["create"]:
            raise CommandError(f"There is no partnership {slug}. Add --create --host COUNCIL to make it.")
        if found and host and found.council.name.casefold() != host.casefold():
            raise CommandError(f"The partnership {slug} is there already, hosted by {found.council}.")
        return found or self._new_partnership(slug, host)

    def _new_partnership(self, slug, host):
        if not host:
            raise CommandError("Say which council hosts the new partnership: --host COUNCIL.")
        council = Council.objects.filter(name__iexact=host).first()
        if council is None:
            council = partnerships.create_council(by=None, name=host)
            self.said.append(f"New council: {council}")
        partnership = partnerships.create_partnership(
            by=None,
            name=slug.replace("-", " ").replace("_", " ").strip().capitalize(),
            slug=slug,
            council=council,
            system=System.OTHER,
            review_months=6,
        )
        self.said.append(f"New partnership: {partnership} ({slug})")
        return partnership

    def _say_what_is_new(self, partnership, sheet):
        self.said += [f"Column not used: {heading}" for heading in sheet.unused]
        self.said += [f"New organisation: {name}" for name in new_organisations(partnership, sheet)]


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
        raise ArgumentTypeError(f"{text!r} is not a date; write it as 2026-11-14") from fault


def _sentences(fault):
    """What is wrong, each with the name of the thing it is wrong with."""
    if not hasattr(fault, "message_dict"):
        return fault.messages
    return [
        message if field == "__all__" else f"{field}: {message}"
        for field, messages in fault.message_dict.items()
        for message in messages
    ]

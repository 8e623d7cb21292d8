from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from partnerships.models import User
from partnerships.permissions import can_edit_framework
from partnerships.policies import Refusal

from ...checks.findings import stops
from ...files.reader import read_edition
from ...files.yamltree import MOST_BYTES, BadFile
from ...models import Edition
from ...operations import import_edition, publish
from ...queries.drafts import findings


class Command(BaseCommand):
    help = "Bring an edition in from a YAML file as a draft: docs/framework-file.md"

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--publish", action="store_true", help="publish it at once, with the file's note")
        parser.add_argument(
            "--replace-draft", action="store_true", help="drop the draft the framework has already"
        )
        parser.add_argument(
            "--by", metavar="EMAIL", help="the framework editor who does this, for the audit trail"
        )

    def handle(self, *args, file, by, **options):
        try:
            edition, number = self._import(file, _editor(by), options)
        except (BadFile, Refusal) as fault:
            raise CommandError(f"Nothing was brought in.\n{fault}") from fault
        for line in _said(edition, number):
            self.stdout.write(line)

    @transaction.atomic
    def _import(self, path, by, options):
        file = read_edition(_content(path))
        edition = import_edition(by=by, file=file, replace_draft=options["replace_draft"])
        if options["publish"]:
            edition = publish(by=by, edition=edition, note=file.note)
        return edition, file.words.number


def _editor(email):
    """The person the trail is to name; None for the command itself."""
    if email is None:
        return None
    found = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if not found or not can_edit_framework(found):
        raise CommandError(f"{email} is no framework editor or administrator of this site. Nothing was done.")
    return found


def _content(path):
    try:
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise CommandError(f"{path} cannot be read: {fault.strerror}.") from fault


def _said(edition, number):
    yield f"{edition} is {'published' if edition.is_published else 'in as a draft'}."
    if edition.number != number:
        yield f"Edition {number} is there already, so it became edition {edition.number}."
    if edition.predecessor is None and _others(edition):
        yield (
            "The file says of no edition that this one was made from it, so ratings given with it are "
            "compared with those of no other."
        )
    found = findings(edition)
    must = stops(found)
    yield from _listed("To mend before it can be published:", must)
    yield from _listed("Advice:", found[len(must) :])


def _others(edition):
    return Edition.objects.filter(framework=edition.framework_id).exclude(pk=edition.pk).exists()


def _listed(heading, found):
    if found:
        yield heading
        yield from (f"  {finding}" for finding in found)

import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from ... import operations
from ...models import User


class Command(BaseCommand):
    help = "Make an administrator of this site, or give an existing account that right."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from the standard input instead of asking for it",
        )
        parser.add_argument(
            "--no-password", action="store_true", help="signing in is by a code sent by e-mail"
        )

    def handle(self, *args, email, password_stdin, no_password, **options):
        try:
            validate_email(email)
            password = "" if no_password else self._password(email, password_stdin)
            user, made = operations.create_administrator(by=None, email=email, password=password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        words = "is now an administrator, with a new account" if made else "is now an administrator"
        self.stdout.write(f"{user.email} {words}.")

    def _password(self, email, from_stdin):
        """The password typed, checked like any other; empty keeps what there is."""
        password = sys.stdin.readline().rstrip("\r\n") if from_stdin else self._ask()
        if from_stdin and not password:
            raise CommandError("There is no password on the standard input.")
        if password:
            validate_password(password, User(email=email))
        return password

    def _ask(self):
        if not sys.stdin.isatty():
            raise CommandError("Nobody can type a password here: add --password-stdin or --no-password.")
        password = getpass.getpass("Password (empty for none: sign in by e-mail code): ")
        if password and password != getpass.getpass("The same again: "):
            raise CommandError("The two passwords differ. Nothing was changed.")
        return password

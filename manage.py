#!/usr/bin/env python3
import os
import sys

from config.version import version


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:] == ["version"]:  # Django would say its own, and let no command of ours stand for it
        print(version())  # noqa: T201
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

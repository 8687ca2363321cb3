#!/usr/bin/env python
"""The one command line."""

import os
import sys

# These never connect, so that they work where no server can run.
WITHOUT_DATABASE = {
    *("check", "collectstatic", "compilemessages", "diffsettings", "help", "makemessages", "makemigrations", "read"),
    *("spectacular", "version", "-h", "--help", "--version"),
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Commands own the tables and may take their time; the site and the worker work within the limits of their roles.
    os.environ.setdefault("HINDSIGHT_ROLE", "owner")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - after the settings are named
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the settings are named

    if _needs_database(sys.argv[1:]):
        _ensure_servers()
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))


def _needs_database(arguments: list[str]) -> bool:
    return bool(arguments) and arguments[0] not in WITHOUT_DATABASE and not {"-h", "--help"}.intersection(arguments)


def _ensure_servers() -> None:
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - after the settings are named

    from config import embedded, profile  # noqa: PLC0415 - after the settings are named

    try:
        profile.current().ensure_servers()
    except (embedded.EmbeddedError, ImproperlyConfigured) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

"""The `trenza` command."""

import os
from importlib import import_module

import django


def main() -> None:
    """Set Django up, then run the command: commands import models, which need it ready."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trenza.settings.laptop")
    django.setup()
    import_module("trenza.cli.commands").main()

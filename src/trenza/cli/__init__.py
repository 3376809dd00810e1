"""The `trenza` command."""

import os
import sys
from importlib import import_module

import django


def main() -> None:
    """Set Django up, then run the command: commands import models, which need it ready.

    A small computer in a centre has little memory, so those of a hub are loaded alone.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trenza.settings.laptop")
    django.setup()
    if sys.argv[1:2] == ["hub"]:
        import_module("trenza.cli.hub").hub(args=sys.argv[2:], prog_name="trenza hub")
    import_module("trenza.cli.commands").main()

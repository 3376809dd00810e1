"""Lessons of The Carpentries: `config.yaml`, and `episodes/*.md` with parts between lines of colons.

The format is that of the Carpentries Workbench: https://carpentries.github.io/sandpaper-docs/.
"""

from trenza.apps.learning.content.importers.carpentries.lesson import NAME, convert, is_project

__all__ = ["NAME", "convert", "is_project"]

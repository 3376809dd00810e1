"""Projects of the Raspberry Pi Foundation: `meta.yml`, `step_N.md` with `--- task ---` blocks, quizzes.

The format is described by what https://projects.raspberrypi.org publishes; there is no specification of it.
"""

from trenza.apps.learning.content.importers.raspberrypi.project import NAME, convert, detect, is_project

__all__ = ["NAME", "convert", "detect", "is_project"]

"""Codes of definitions, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

FOR_WHOM: Final[dict[str, Words]] = {
    "women": _("For women."),
    "women_and_family": _("For women and members of their families."),
    "teachers": _("For teachers."),
    "trainers": _("For trainers."),
}
LEVELS: Final[dict[str, Words]] = {
    "basic": _("Basic level"),
    "intermediate": _("Intermediate level"),
    "advanced": _("Advanced level"),
}

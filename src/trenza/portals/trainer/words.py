"""Marks and reasons in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trenza.apps.sessions.api import Reason

MARKS: Final[Mapping[str, str | Promise]] = {
    "present": _("She came"),
    "late": _("She came late"),
    "absent": _("She did not come"),
    "excused": _("She had a reason"),
}
REASONS: Final[Mapping[str, str | Promise]] = dict(Reason.choices)
PROBLEMS: Final[Mapping[str, str | Promise]] = {
    "unknown_name": _("Nobody in this session is called so."),
    "several_with_the_name": _("Several are called so."),
    "named_twice": _("She stands more than once in the list."),
    "unknown_mark": _("We do not understand what stands beside her name."),
    "no_name": _("This row has no name."),
}
"""Why a row of a list that was kept elsewhere is doubtful."""

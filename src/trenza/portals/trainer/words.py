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

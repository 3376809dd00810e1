"""Marks and reasons in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trenza.portals.field.phone_page import REASONS as PHONE_REASONS

MARKS: Final[Mapping[str, str | Promise]] = {
    "present": _("She came"),
    "late": _("She came late"),
    "absent": _("She did not come"),
    "excused": _("She had a reason"),
}
REASONS: Final = PHONE_REASONS
"""The same on paper, on a page and on a phone."""

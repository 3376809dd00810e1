"""What the phone of a trainer says of a list: who came, and what still waits to be sent."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, str | Promise]] = {
    # Translators: marks of one woman in a session.
    "list_present": _("She came"),
    "list_late": _("She came late"),
    "list_absent": _("She did not come"),
    "list_excused": _("She had a reason"),
    "list_unmarked": _("Not marked yet"),
    # Translators: {mark} is one of the marks.
    "list_marked": _("✓ {mark}"),
    "list_waits": _("✓ {mark} · to be sent"),
    # Translators: {mark} is several marks that differ.
    "list_conflict": _("They do not agree: {mark}"),
    # Translators: for a screen reader; the button opens the other marks.
    "list_more": _("Another mark for {name}"),
    "list_tally": _("{came} of {total} came · {open} not marked yet"),
    "list_added": _("{name} is on the list, and she came."),
    "list_unkept": _("This could not be kept on the phone. Write it on paper, free some space and try again."),
}

"""What the phone says of a recording in a lesson."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, str | Promise]] = {
    # Translators: beside a button that plays a recording; {cost} is "Bs 0.03".
    "media_cost": _("With mobile data: about {cost}"),
    # Translators: a recording could not be played; the button that opens it stands before this, what it says below it.
    "media_failed": _("It does not play now. Try again with a signal, or read below what it says."),
}

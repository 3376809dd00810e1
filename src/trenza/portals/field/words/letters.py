"""What a phone says of an application that was written without a signal."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, str | Promise]] = {
    "letter_waiting": _("It is kept on this phone, closed. It is sent by itself once there is a signal."),
    "letter_received": _("It arrived. The application is in."),
    # Translators: {code} is a code of ten signs.
    "letter_missing": _("It arrived, and something is missing. Go on with this code: {code}."),
    "letter_known": _(
        "It arrived. There is an account with that address: come in with it, then go on with this code: {code}."
    ),
    "letter_closed": _("It arrived after the call had closed. What was written is kept with this code: {code}."),
    "letter_refused": _("It arrived and cannot be taken. Ask the team of the programme."),
    "letter_go_on": _("Go on with your code"),
    "letter_unkept": _("This could not be kept on the phone. Write it on paper, free some space and try again."),
    "letter_bringer": _(
        "Open the page of this call with a signal first, so that this phone knows who takes women down."
    ),
}

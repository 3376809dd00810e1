"""What the phone says of what she did: whether it is kept, sent, or could not be taken in."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, str | Promise]] = {
    # Translators: in the foot of every page. Nothing of what she did is left on the phone.
    "all_sent": _("All sent"),
    # Translators: in the foot of every page, beside the button "Send now".
    "waiting_one": _("1 answer to send"),
    "waiting": _("{n} answers to send"),
    # Translators: answers, in the foot of every page. Her centre's computer took them along; we do not have them yet.
    "along": _("{n} on the way through the centre"),
    "send": _("Send now"),
    "sending": _("Sending…"),
    "refused_one": _("1 answer could not be taken in. It stays on this phone: show it to your trainer."),
    "refused": _("{n} answers could not be taken in. They stay on this phone: show them to your trainer."),
    # Translators: link to the page that tells what this phone keeps.
    "more": _("See more"),
    "silent": _("No signal yet. They go by themselves when there is."),
    "busy": _("Many are sending at once. They go by themselves in a moment."),
    "portal": _("This Wi-Fi wants something first: open its page, and then send."),
    # Translators: her access on this phone was taken away by the team, or the server does not know it any more.
    "barred": _("This phone may no longer send for you. What you did is still here: talk to your trainer."),
    "ended": _("Your access on this phone has ended: talk to your trainer."),
    # Translators: after handing in a lesson; it is on the phone and not yet with us.
    "kept": _("Kept on your phone."),
    # Translators: follows "Kept on your phone." or "Sent."
    "again": _("To finish this lesson, try again the ones that were not right."),
    # Translators: follows "Kept on your phone." or "Sent."; of an exam.
    "ungraded": _("Your result comes when we have graded it."),
    "sent": _("Sent."),
    "already": _("You have already done this lesson. You may do it again as often as you like."),
    "passed": _("You passed: {score} %."),
    "not_passed": _("Your result so far: {score} %. You can try again."),
}

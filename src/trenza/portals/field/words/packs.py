"""What the phone says of courses that she takes along, and of having this on her home screen."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, str | Promise]] = {
    # Translators: a button on the page of a course; {size} is "312 KB", {cost} "about Bs 0.03".
    "pack_get": _("Download to use without internet ({size}, {cost})"),
    "pack_get_free": _("Download to use without internet ({size})"),
    "pack_why": _("You do the lessons on the bus or at home without spending data. With Wi-Fi it costs you nothing."),
    "pack_getting": _("It is downloading. You can go on reading meanwhile."),
    # Translators: how much of a download has arrived, in KB.
    "pack_done": _("{done} of {total} KB"),
    "pack_pause": _("Pause"),
    "pack_paused": _("It is resting. What arrived stays on your phone."),
    "pack_resume": _("Go on downloading"),
    "pack_whole": _("This course is on your phone. It opens without internet."),
    "pack_newer": _("There is a newer version of this course. What is the same is not downloaded again."),
    "pack_update": _("Download the newer version"),
    "pack_remove": _("Delete it from this phone"),
    # Translators: under a course that was downloaded. The phone's system promised not to delete it by itself.
    "pack_safe": _("Your phone promised to keep it until you delete it."),
    "pack_unsafe": _(
        "If your phone runs out of room it may delete it. Then we tell you here, and you download it again."
    ),
    "pack_gone": _(
        "Your phone deleted a part of this course to make room. Your progress is safe. Download what is missing."
    ),
    "pack_cut": _("The signal was cut. What arrived stays, and it goes on by itself when there is signal."),
    "pack_portal": _("This Wi-Fi wants something first: open its page, accept, and go on here."),
    "pack_broken": _("A file arrived damaged twice. Try again with another signal."),
    "pack_room": _(
        "There is no room left on your phone. What arrived stays. Delete another course, or photos and videos that you "
        "do not need, and go on."
    ),
    "pack_missing": _("This version is no longer offered. Open the course again with internet."),
    "pack_failed": _("Your phone could not keep the course. Close other tabs and try again."),
    # Translators: a button; {title} is another course on the phone.
    "pack_delete": _("Delete “{title}” ({size})"),
    "app_why": _("Put it on your home screen: it opens with one tap, also without internet, and takes almost no room."),
    "app_add": _("Put it on the home screen"),
    # Translators: how to put a page on the home screen of an iPhone, with the words that iOS uses.
    "app_ios": _(
        "On your iPhone: tap Share, then “Add to Home Screen”. It then opens with one tap, also without internet."
    ),
    "app_added": _("It is on your home screen."),
}

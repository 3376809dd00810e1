"""What states and reasons are called to her face."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trenza.core.errors import DomainError

Words = str | Promise

APPLICATION_STATES: Mapping[str, Words] = {
    "submitted": _("It arrived. The team will answer you here."),
    "waiting_guardian": _("It waits until an adult who looks after you agrees."),
    "needs_help": _("Something is still missing, and we help you to get it."),
    "not_eligible": _("This call asks for something that you do not meet today."),
    "waiting_list": _("You are on the waiting list. When a place becomes free, it is given in order."),
    "awarded": _("There is a place for you! Say whether you take it."),
    "accepted": _("You took the place."),
    "declined": _("You left the place to somebody else."),
    "withdrawn": _("You took it back."),
    "expired": _("Your days to answer are over."),
    "taken_back": _("The team took the offer back."),
    "released": _("You left before it began, and your place went to somebody else."),
}
OVER = frozenset({"accepted", "declined", "withdrawn", "taken_back", "released"})
"""Applications about which nothing happens any more."""

CONFIRMED_BY: Mapping[str, Words] = {
    "trainer": _("Your trainer confirms it when you have done it with her."),
    "coordinator": _("The coordinator of the programme confirms it."),
    "mentor": _("Your mentor confirms it when you have done it with her."),
}
CONFIRMED_BY_SOMEBODY: Words = _("The team of the programme confirms it.")

EXTERNAL_STATES: Mapping[str, Words] = {
    "waiting": _("The team is looking at it, and answers you here."),
    "verified": _("Its digital signature is good: the module is done."),
    "confirmed": _("The team looked at it: the module is done."),
    "refused": _("It does not count yet. You may bring another one."),
}
FILES_REFUSED: Mapping[str, Words] = {
    "empty": _("The file is empty. Choose another one."),
    "large": _("The file is larger than 5 MB. Take a photo of the certificate, and send that."),
    "kind": _("We can read a PDF, a photo (JPEG or PNG) or a digital badge. Choose one of these."),
    "badge": _(
        "This file is broken or is no digital badge. Download your badge again where you earned it and choose that"
        " file, or take a photo of the certificate and send that."
    ),
}

WITHDRAWAL_REASONS: Mapping[str, Words] = {
    "not_said": _("I would rather not say"),
    "time": _("I have no time now"),
    "care": _("I look after my family"),
    "work": _("Because of my work"),
    "health": _("Because of my health"),
    "device": _("I have no phone or computer to study with"),
    "data_cost": _("Internet costs too much"),
    "content": _("It was not what I was looking for"),
    "moved": _("I moved to another place"),
    "other": _("Another reason"),
}

DATA_USE: Final = "data-use"
CONSENTS: Mapping[str, Words] = {
    DATA_USE: _("How we use your data"),
}


def not_taken(error: DomainError) -> Words:
    """Why a certificate of another place was not taken, to her face."""
    return _NOT_TAKEN.get(type(error).__name__, _NOT_TAKEN[""])


# By the name of the error: a hub loads this page and no app of certificates.
_NOT_TAKEN: Mapping[str, Words] = {
    "GivenAlready": _("You handed in this file before. On this page you see what became of it."),
    "TooManyFiles": _("Several of your certificates wait already. Wait until the team has answered."),
    "MetAlready": _("This module is done already. You need no certificate for it."),
    "NotOfHerTrack": _("This course does not count in your course here any more."),
    "": _("This cannot be done now. Try it again later."),
}

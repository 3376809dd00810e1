"""What is said of centres: kinds, purposes, days, and why something could not be done."""

from collections.abc import Mapping
from typing import Final

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from trenza.apps.places import api as places
from trenza.apps.places.api import Equipment, Visit, VoucherBatch
from trenza.apps.sync import api as sync
from trenza.core.errors import DomainError

Words = str | Promise

KINDS: Final[Mapping[str, Words]] = dict(Equipment.Kind.choices)
PURPOSES: Final[Mapping[str, Words]] = dict(Visit.Purpose.choices)
DAYS: Final[Mapping[int, Words]] = WEEKDAYS
CENTRE_STATES: Final[Mapping[str, Words]] = {
    "open": pgettext_lazy("centre", "Open"),
    "closed": pgettext_lazy("centre", "Closed"),
}
CENTRE_FIELDS: Final[Mapping[str, Words]] = {
    "code": gettext_lazy("code"),
    "name": gettext_lazy("name"),
    "country": gettext_lazy("country"),
    "time_zone": gettext_lazy("time zone"),
    "organisation": gettext_lazy("organisation"),
    "region": gettext_lazy("region"),
    "municipality": gettext_lazy("municipality"),
    "address": gettext_lazy("address"),
    "latitude": gettext_lazy("where it lies"),
    "longitude": gettext_lazy("where it lies"),
    "wifi_name": gettext_lazy("name of the Wi-Fi"),
    "note": gettext_lazy("note"),
}
PLACE_REFUSALS: Final[Mapping[type[DomainError], Words]] = {
    places.CodeTaken: gettext_lazy("This code is taken. Choose another one."),
    places.NotWritten: gettext_lazy("Something is missing, or is not written as it should be. Nothing was changed."),
    places.UnknownTimeZone: gettext_lazy("There is no such time zone. Choose one of the list."),
    places.NotOnEarth: gettext_lazy("No place on earth lies there. Look at the latitude and the longitude again."),
    places.OutOfReach: gettext_lazy(
        "The centre would not be within your scope. Choose a region or an organisation of yours."
    ),
    places.HoursOverlap: gettext_lazy("Two times of the same day overlap."),
    places.HoursBackwards: gettext_lazy("It must open before it closes."),
    places.Closed: gettext_lazy("This centre has been closed. Nothing was changed."),
    places.NotClosed: gettext_lazy("This centre is open. Nothing was changed."),
    places.StillLent: gettext_lazy("Somebody still has it, or something of this centre. It comes back first."),
    places.Retired: gettext_lazy("The centre no longer has it. Nothing was changed."),
    places.AlreadyLent: gettext_lazy("Somebody else has it already. Nothing was changed."),
    places.AlreadyReturned: gettext_lazy("It was brought back before. Nothing was changed."),
    places.WrongDay: gettext_lazy("This day cannot be. Choose another one."),
    places.TooMany: gettext_lazy("That is more than is taken at once. Do it in parts."),
    places.WrongAmount: gettext_lazy("Say how many minutes, or how many megabytes, each voucher is good for."),
    places.NoNewVoucher: gettext_lazy("There is no new voucher among these lines. Nothing was changed."),
    places.NoVoucherLeft: gettext_lazy("No voucher is left. Bring in new ones first."),
    places.AlreadyNoted: gettext_lazy("She is noted for this on this day already."),
    places.AlreadyEnded: gettext_lazy("She was taken from the list before. Nothing was changed."),
    sync.CentreHasHub: gettext_lazy("This centre has a hub. Take its access away first, if another takes its place."),
    sync.AlreadyRevoked: gettext_lazy("It had no access any more. Nothing was changed."),
    sync.NotForUs: gettext_lazy("This file was not written by the hub of this centre for us. Nothing was changed."),
    places.AlreadyTakenBack: gettext_lazy("It was taken back before. Nothing was changed."),
}


def good_for(batch: VoucherBatch) -> str:
    """What a voucher of the batch gives, in words."""
    if batch.minutes is not None:
        return ngettext("%(n)s minute", "%(n)s minutes", batch.minutes) % {"n": batch.minutes}
    return _("%(n)s MB") % {"n": batch.megabytes}

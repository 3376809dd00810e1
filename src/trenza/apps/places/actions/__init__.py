"""Everything that changes at a centre."""

from trenza.apps.places.actions.centre import (
    CentreDetails,
    Hours,
    change_centre,
    close_centre,
    open_centre,
    reopen_centre,
    set_opening_hours,
)
from trenza.apps.places.actions.equipment import add_equipment, lend_equipment, retire_equipment, return_equipment
from trenza.apps.places.actions.visit import note_visit, note_visits, take_back_visit
from trenza.apps.places.actions.voucher import Imported, give_voucher, import_vouchers

__all__ = [
    "CentreDetails",
    "Hours",
    "Imported",
    "add_equipment",
    "change_centre",
    "close_centre",
    "give_voucher",
    "import_vouchers",
    "lend_equipment",
    "note_visit",
    "note_visits",
    "open_centre",
    "reopen_centre",
    "retire_equipment",
    "return_equipment",
    "set_opening_hours",
    "take_back_visit",
]

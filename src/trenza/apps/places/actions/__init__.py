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
from trenza.apps.places.actions.hub import decide_held, open_hub_pairing, revoke_hub
from trenza.apps.places.actions.member import add_members, end_membership
from trenza.apps.places.actions.visit import note_visit, note_visits, take_back_visit
from trenza.apps.places.actions.voucher import Imported, give_voucher, import_vouchers

__all__ = [
    "CentreDetails",
    "Hours",
    "Imported",
    "add_equipment",
    "add_members",
    "change_centre",
    "close_centre",
    "decide_held",
    "end_membership",
    "give_voucher",
    "import_vouchers",
    "lend_equipment",
    "note_visit",
    "note_visits",
    "open_centre",
    "open_hub_pairing",
    "reopen_centre",
    "retire_equipment",
    "return_equipment",
    "revoke_hub",
    "set_opening_hours",
    "take_back_visit",
]

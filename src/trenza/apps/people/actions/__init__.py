from trenza.apps.people.actions.attempts import (
    count_arrival,
    count_code_request,
    count_code_try,
    count_guess,
    count_taking_in,
    count_token_try,
    may_guess,
)
from trenza.apps.people.actions.consent import give_consent, withdraw_consent
from trenza.apps.people.actions.device import NewDevice, note_seen, register_device, revoke_device
from trenza.apps.people.actions.export import record_export
from trenza.apps.people.actions.guardianship import (
    answer_as_guardian,
    check_guardian,
    name_guardian,
    new_guardian_link,
    refuse_guardian,
    withdraw_guardian,
)
from trenza.apps.people.actions.people_import import (
    NewImport,
    NewRow,
    confirm_import,
    continue_import,
    discard_import,
    forget_old_imports,
    keep_import,
    rows_to_bring_in,
    settle_row,
)
from trenza.apps.people.actions.person import register_person, update_person
from trenza.apps.people.actions.pin import PinCheck, PinResult, check_pin, give_start_pin, set_pin
from trenza.apps.people.actions.role import appoint, grant_role, withdraw_role
from trenza.apps.people.actions.saved_view import delete_view, save_view, update_view

__all__ = [
    "NewDevice",
    "NewImport",
    "NewRow",
    "PinCheck",
    "PinResult",
    "answer_as_guardian",
    "appoint",
    "check_guardian",
    "check_pin",
    "confirm_import",
    "continue_import",
    "count_arrival",
    "count_code_request",
    "count_code_try",
    "count_guess",
    "count_taking_in",
    "count_token_try",
    "delete_view",
    "discard_import",
    "forget_old_imports",
    "give_consent",
    "give_start_pin",
    "grant_role",
    "keep_import",
    "may_guess",
    "name_guardian",
    "new_guardian_link",
    "note_seen",
    "record_export",
    "refuse_guardian",
    "register_device",
    "register_person",
    "revoke_device",
    "rows_to_bring_in",
    "save_view",
    "set_pin",
    "settle_row",
    "update_person",
    "update_view",
    "withdraw_consent",
    "withdraw_guardian",
    "withdraw_role",
]

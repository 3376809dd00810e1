from trenza.apps.people.actions.attempts import (
    count_arrival,
    count_code_request,
    count_code_try,
    count_guess,
    may_guess,
)
from trenza.apps.people.actions.consent import give_consent, withdraw_consent
from trenza.apps.people.actions.export import record_export
from trenza.apps.people.actions.guardianship import (
    answer_as_guardian,
    check_guardian,
    name_guardian,
    new_guardian_link,
    refuse_guardian,
    withdraw_guardian,
)
from trenza.apps.people.actions.person import register_person, update_person
from trenza.apps.people.actions.role import appoint, grant_role, withdraw_role
from trenza.apps.people.actions.saved_view import delete_view, save_view, update_view

__all__ = [
    "answer_as_guardian",
    "appoint",
    "check_guardian",
    "count_arrival",
    "count_code_request",
    "count_code_try",
    "count_guess",
    "delete_view",
    "give_consent",
    "grant_role",
    "may_guess",
    "name_guardian",
    "new_guardian_link",
    "record_export",
    "refuse_guardian",
    "register_person",
    "save_view",
    "update_person",
    "update_view",
    "withdraw_consent",
    "withdraw_guardian",
    "withdraw_role",
]

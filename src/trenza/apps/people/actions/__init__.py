from trenza.apps.people.actions.attempts import (
    count_arrival,
    count_code_request,
    count_code_try,
    count_guess,
    may_guess,
)
from trenza.apps.people.actions.consent import give_consent, withdraw_consent
from trenza.apps.people.actions.person import register_person, update_person
from trenza.apps.people.actions.role import grant_role, withdraw_role

__all__ = [
    "count_arrival",
    "count_code_request",
    "count_code_try",
    "count_guess",
    "give_consent",
    "grant_role",
    "may_guess",
    "register_person",
    "update_person",
    "withdraw_consent",
    "withdraw_role",
]

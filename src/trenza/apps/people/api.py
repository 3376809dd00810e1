"""The door of people."""

from trenza.apps.people.access import person_of, requires
from trenza.apps.people.actions import (
    count_arrival,
    count_code_request,
    count_code_try,
    count_guess,
    give_consent,
    grant_role,
    may_guess,
    register_person,
    update_person,
    withdraw_consent,
    withdraw_role,
)
from trenza.apps.people.errors import AlreadyWithdrawn, EmailTaken, LastAdministrator, NoConsent, UnknownRole
from trenza.apps.people.models import Account, Consent, Person, RoleGrant
from trenza.apps.people.outbox import latest_code
from trenza.apps.people.queries import account_for
from trenza.apps.people.roles import ROLES, Permission, Role
from trenza.apps.people.rules import (
    grantable,
    read_person,
    readable_grants,
    register_persons_within,
    withdrawable_grants,
)
from trenza.apps.people.scopes import (
    EVERYTHING,
    Reach,
    Scope,
    expand,
    permissions_of,
    reach_of,
    register_scope,
    scopes_as,
    scopes_with,
)

__all__ = [
    "EVERYTHING",
    "ROLES",
    "Account",
    "AlreadyWithdrawn",
    "Consent",
    "EmailTaken",
    "LastAdministrator",
    "NoConsent",
    "Permission",
    "Person",
    "Reach",
    "Role",
    "RoleGrant",
    "Scope",
    "UnknownRole",
    "account_for",
    "count_arrival",
    "count_code_request",
    "count_code_try",
    "count_guess",
    "expand",
    "give_consent",
    "grant_role",
    "grantable",
    "latest_code",
    "may_guess",
    "permissions_of",
    "person_of",
    "reach_of",
    "read_person",
    "readable_grants",
    "register_person",
    "register_persons_within",
    "register_scope",
    "requires",
    "scopes_as",
    "scopes_with",
    "update_person",
    "withdraw_consent",
    "withdraw_role",
    "withdrawable_grants",
]

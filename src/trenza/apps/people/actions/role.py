"""Give a person a role within a scope, and withdraw it."""

from uuid import UUID

from trenza.apps.people import rules
from trenza.apps.people.actions.person import register_person
from trenza.apps.people.errors import AlreadyWithdrawn, LastAdministrator, UnknownRole
from trenza.apps.people.events import RoleGranted, RoleWithdrawn
from trenza.apps.people.models import Person, RoleGrant
from trenza.apps.people.queries import account_for
from trenza.apps.people.roles import ROLES
from trenza.apps.people.scopes import Reach, Scope
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import action, record

ADMINISTRATOR = "administrator"


@action
def grant_role(
    *, person: Person, role: str, scope_kind: str = "all", scope: UUID | None = None, by: Person | None
) -> RoleGrant:
    """Give a role. If she has it in that scope already, that grant stands. `by=None` is the command line.

    Raises:
        UnknownRole: no such role or kind of scope, or `all` with an id, or another kind without one.
        NotAllowed: `by` may not grant this role throughout that scope.
    """
    if role not in ROLES or scope_kind not in RoleGrant.ScopeKind.values or (scope_kind == "all") != (scope is None):
        raise UnknownRole
    if by is not None and not rules.grantable(by).get(role, Reach()).covers(Scope(scope_kind, scope)):
        raise NotAllowed
    standing = RoleGrant.objects.filter(
        person=person, role=role, scope_kind=scope_kind, scope=scope, withdrawn_at=None
    ).first()
    if standing:
        return standing
    grant = RoleGrant.objects.create(
        person=person, role=role, scope_kind=scope_kind, scope=scope, granted_at=clock.now(), granted_by=by
    )
    record(
        RoleGranted(grant=grant.id, role=role, scope_kind=scope_kind, scope=scope),
        by=by.id if by else None,
        about=person.id,
    )
    return grant


@action
def appoint(
    *,
    email: str,
    given_name: str,
    family_name: str,
    role: str,
    scope_kind: str = "all",
    scope: UUID | None = None,
    by: Person | None,
) -> RoleGrant:
    """Give a role to whoever signs in with this address; if nobody does yet, she is registered under this name.

    Raises:
        EmailTaken: the account with this address is closed.
        UnknownRole, NotAllowed: as `grant_role`.
    """
    account = account_for(email)
    person = account.person if account else None
    if person is None:
        person = register_person(given_name=given_name, family_name=family_name, email=email, by=by)
    return grant_role(person=person, role=role, scope_kind=scope_kind, scope=scope, by=by)


@action
def withdraw_role(*, grant: RoleGrant, by: Person | None) -> RoleGrant:
    """Withdraw a role grant, at once.

    Raises:
        AlreadyWithdrawn: it no longer stands.
        LastAdministrator: nobody else looks after everything; whoever withdrew it would lock everybody out.
        NotAllowed: `by` may not grant this role in its scope.
    """
    if by is not None:
        rules.withdrawable_grants.require(by, grant)
    if (grant.role, grant.scope_kind) == (ADMINISTRATOR, RoleGrant.ScopeKind.ALL):
        _ensure_another_administrator(grant)
    now = clock.now()
    withdrawn = RoleGrant.objects.filter(pk=grant.pk, withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=by)
    if not withdrawn:
        raise AlreadyWithdrawn
    grant.withdrawn_at, grant.withdrawn_by = now, by
    record(
        RoleWithdrawn(grant=grant.id, role=grant.role, scope_kind=grant.scope_kind, scope=grant.scope),
        by=by.id if by else None,
        about=grant.person_id,
    )
    return grant


def _ensure_another_administrator(grant: RoleGrant) -> None:
    """All of them are held until the transaction ends, so that two who withdraw each other's do not both succeed."""
    everywhere = RoleGrant.objects.filter(role=ADMINISTRATOR, scope_kind=RoleGrant.ScopeKind.ALL, withdrawn_at=None)
    held = {each.pk for each in everywhere.order_by("pk").select_for_update()}
    if grant.pk in held and len(held) == 1:
        raise LastAdministrator

"""Give a person a role within a scope, and withdraw it."""

from uuid import UUID

from trenza.apps.people import rules
from trenza.apps.people.errors import AlreadyWithdrawn, UnknownRole
from trenza.apps.people.events import RoleGranted, RoleWithdrawn
from trenza.apps.people.models import Person, RoleGrant
from trenza.apps.people.roles import ROLES, Permission
from trenza.apps.people.scopes import Scope, reach_of
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import action, record


@action
def grant_role(
    *, person: Person, role: str, scope_kind: str = "all", scope: UUID | None = None, by: Person | None
) -> RoleGrant:
    """Give a role. If she has it in that scope already, that grant stands. `by=None` is the command line.

    Raises:
        UnknownRole: no such role or kind of scope, or `all` with an id, or another kind without one.
        NotAllowed: `by` may not grant roles throughout that scope.
    """
    if role not in ROLES or scope_kind not in RoleGrant.ScopeKind.values or (scope_kind == "all") != (scope is None):
        raise UnknownRole
    if by is not None and not reach_of(by, Permission.ROLE_GRANT).covers(Scope(scope_kind, scope)):
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
def withdraw_role(*, grant: RoleGrant, by: Person | None) -> RoleGrant:
    """Withdraw a role grant, at once.

    Raises:
        AlreadyWithdrawn: it no longer stands.
        NotAllowed: `by` may not grant roles in its scope.
    """
    if by is not None:
        rules.withdraw_role.require(by, grant)
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

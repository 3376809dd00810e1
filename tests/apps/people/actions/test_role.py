import pytest

from tests.journal import journal
from trenza.apps.people.api import (
    AlreadyWithdrawn,
    Permission,
    Scope,
    UnknownRole,
    grant_role,
    scopes_with,
    withdraw_role,
)
from trenza.core.errors import NotAllowed
from trenza.core.ids import new_id
from trenza.core.journal import check


def test_grant_role_gives_its_permissions_in_its_scope(person):
    ana, programme = person("Ana"), new_id()

    grant = grant_role(person=ana, role="coordinator", scope_kind="programme", scope=programme, by=None)

    assert scopes_with(ana, Permission.CALL_PUBLISH) == [Scope("programme", programme)]
    assert scopes_with(ana, Permission.ROLE_GRANT) == []
    assert grant_role(person=ana, role="coordinator", scope_kind="programme", scope=programme, by=None) == grant
    data = {"grant": str(grant.id), "role": "coordinator", "scope_kind": "programme", "scope": str(programme)}
    assert journal()[1:] == [("people.role_granted.v1", ana.id, None, data)]
    assert check() == []


def test_withdraw_role_takes_its_permissions_at_once(person):
    ana = person("Ana")
    grant = grant_role(person=ana, role="auditor", scope_kind="all", by=None)

    withdraw_role(grant=grant, by=None)

    assert scopes_with(ana, Permission.OFFICE_ENTER) == []
    with pytest.raises(AlreadyWithdrawn):
        withdraw_role(grant=grant, by=None)


@pytest.mark.parametrize(
    ("role", "scope_kind", "with_id"),
    [("queen", "all", False), ("auditor", "galaxy", True), ("auditor", "all", True), ("auditor", "edition", False)],
)
def test_grant_role_of_an_unknown_role_or_scope_is_refused(person, role, scope_kind, with_id):
    with pytest.raises(UnknownRole):
        grant_role(person=person("Ana"), role=role, scope_kind=scope_kind, scope=new_id() if with_id else None, by=None)


def test_grant_role_beyond_ones_own_scope_is_refused(person):
    admin, ana, here, there = person("Eva"), person("Ana"), new_id(), new_id()
    grant_role(person=admin, role="administrator", scope_kind="programme", scope=here, by=None)

    grant = grant_role(person=ana, role="administrator", scope_kind="programme", scope=here, by=admin)
    for scope_kind, scope in (("programme", there), ("all", None)):
        with pytest.raises(NotAllowed):
            grant_role(person=ana, role="auditor", scope_kind=scope_kind, scope=scope, by=admin)

    withdraw_role(grant=grant, by=admin)
    everywhere = grant_role(person=ana, role="auditor", by=None)
    with pytest.raises(NotAllowed):
        withdraw_role(grant=everywhere, by=admin)


def test_grant_role_by_a_coordinator_is_refused(person):
    coordinator = person("Eva")
    grant_role(person=coordinator, role="coordinator", by=None)

    with pytest.raises(NotAllowed):
        grant_role(person=person("Ana"), role="coordinator", by=coordinator)

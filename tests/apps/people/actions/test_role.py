import pytest

from tests.journal import journal
from trenza.apps.people.api import (
    AlreadyWithdrawn,
    LastAdministrator,
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
    assert scopes_with(ana, Permission.COURSE_PUBLISH) == []
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


@pytest.mark.parametrize("role", ["coordinator", "trainer", "mentor", "auditor"])
def test_a_coordinator_appoints_within_her_scope_whom_she_could_be_herself(person, role):
    eva, ana, here = person("Eva"), person("Ana"), new_id()
    grant_role(person=eva, role="coordinator", scope_kind="region", scope=here, by=None)

    grant = grant_role(person=ana, role=role, scope_kind="region", scope=here, by=eva)

    assert grant.granted_by == eva
    for kind, scope in (("region", new_id()), ("all", None)):
        with pytest.raises(NotAllowed):
            grant_role(person=ana, role=role, scope_kind=kind, scope=scope, by=eva)
    withdraw_role(grant=grant, by=eva)


def test_nobody_gives_or_withdraws_a_role_that_permits_more_than_her_own(person):
    eva, ana, here = person("Eva"), person("Ana"), new_id()
    grant_role(person=eva, role="coordinator", scope_kind="region", scope=here, by=None)
    above_her = grant_role(person=ana, role="administrator", scope_kind="region", scope=here, by=None)

    with pytest.raises(NotAllowed):
        grant_role(person=eva, role="administrator", scope_kind="region", scope=here, by=eva)
    with pytest.raises(NotAllowed):
        withdraw_role(grant=above_her, by=eva)


def test_permissions_in_different_scopes_do_not_add_up(person):
    """She grants here and coordinates there: here she is not what she would appoint."""
    eva, here, there = person("Eva"), new_id(), new_id()
    grant_role(person=eva, role="trainer", scope_kind="region", scope=here, by=None)
    grant_role(person=eva, role="coordinator", scope_kind="region", scope=there, by=None)

    with pytest.raises(NotAllowed):
        grant_role(person=person("Ana"), role="trainer", scope_kind="region", scope=here, by=eva)


@pytest.mark.parametrize("role", ["trainer", "mentor", "auditor"])
def test_roles_that_do_not_appoint_grant_nothing(person, role):
    eva = person("Eva")
    grant_role(person=eva, role=role, by=None)

    with pytest.raises(NotAllowed):
        grant_role(person=person("Ana"), role=role, by=eva)


def test_the_last_administrator_of_everything_stays(person):
    eva, ana, here = person("Eva"), person("Ana"), new_id()
    last = grant_role(person=eva, role="administrator", by=None)
    of_a_part = grant_role(person=ana, role="administrator", scope_kind="programme", scope=here, by=None)

    for by in (eva, None):
        with pytest.raises(LastAdministrator):
            withdraw_role(grant=last, by=by)

    withdraw_role(grant=of_a_part, by=eva)
    grant_role(person=ana, role="administrator", by=eva)
    withdraw_role(grant=last, by=eva)
    assert scopes_with(eva, Permission.OFFICE_ENTER) == []

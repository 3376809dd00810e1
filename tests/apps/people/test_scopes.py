import pytest
from django.db.models import Q

from trenza.apps.people import scopes
from trenza.apps.people.api import (
    EVERYTHING,
    ROLES,
    Permission,
    Person,
    Reach,
    Scope,
    grant_role,
    reach_of,
    register_scope,
    register_scopes_within,
)
from trenza.apps.people.scopes import expand
from trenza.core.ids import new_id


@pytest.fixture(autouse=True)
def no_scopes(monkeypatch):
    monkeypatch.setattr(scopes, "_contains", {})


def test_reach_follows_what_lies_within():
    organisation, programme, edition, region = (new_id() for _ in range(4))
    register_scope("organisation", contains=lambda id: [Scope("programme", programme)])
    register_scope("programme", contains=lambda id: [Scope("edition", edition), Scope("region", region)])

    reach = expand([Scope("organisation", organisation)])

    assert reach.by_kind == {
        "organisation": {organisation},
        "programme": {programme},
        "edition": {edition},
        "region": {region},
    }
    assert reach.covers(Scope("edition", edition))
    assert not reach.covers(Scope("edition", new_id()))
    assert not reach.covers(EVERYTHING)


def test_reach_of_scopes_that_contain_each_other_ends():
    here, there = new_id(), new_id()
    register_scope("organisation", contains=lambda id: [Scope("organisation", there if id == here else here)])

    assert expand([Scope("organisation", here)]).ids("organisation") == {here, there}


def test_reach_of_nobody_and_of_everything(person):
    ana = person("Ana")
    grant_role(person=ana, role="auditor", by=None)

    assert reach_of(None, Permission.CALL_READ) == Reach()
    assert reach_of(ana, Permission.CALL_READ) == Reach(everything=True)
    assert reach_of(ana, Permission.CALL_PUBLISH) == Reach()
    assert Reach().q(edition="edition") == Q(pk__in=[])


@pytest.mark.parametrize("kind", ["all", "galaxy"])
def test_register_scope_of_no_kind_is_refused(kind):
    with pytest.raises(ValueError, match="no kind of scope"):
        register_scope(kind, contains=lambda id: [])


def test_auditor_may_change_nothing():
    assert [p for p in ROLES["auditor"].permissions if not p.endswith(("_read", "_enter"))] == []
    assert ROLES["administrator"].permissions == frozenset(Permission)


def test_a_kind_that_is_found_when_asked_for_is_registered_once_and_not_listed(monkeypatch, person):
    monkeypatch.setattr(scopes, "_within", {})
    ana, eva = person("Ana"), person("Eva")
    register_scopes_within("centre", lambda reach: Person.objects.filter(pk=ana.pk) if reach.by_kind else none())
    with pytest.raises(ValueError, match="registered twice"):
        register_scopes_within("centre", lambda reach: none())

    reach = expand([Scope("region", new_id())])

    assert reach.ids("centre") == frozenset()
    assert [reach.covers(Scope("centre", each)) for each in (ana.pk, eva.pk, None)] == [True, False, False]
    assert not Reach().covers(Scope("centre", ana.pk))


def none():
    return Person.objects.none()

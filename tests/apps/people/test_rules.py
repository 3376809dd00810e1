import pytest

from trenza.apps.people import rules, scopes
from trenza.apps.people.api import Person, grant_role, read_person, register_persons_within
from trenza.core.ids import new_id


@pytest.fixture(autouse=True)
def no_registrations(monkeypatch):
    monkeypatch.setattr(rules, "_persons_within", {})
    monkeypatch.setattr(scopes, "_contains", {})


def test_read_person_shows_whom_an_app_connects_with_the_scope(person):
    eva, ana, rosa, programme = person("Eva"), person("Ana"), person("Rosa"), new_id()
    register_persons_within(
        "test",
        lambda reach, person: (
            Person.objects.filter(pk=ana.pk) if programme in reach.ids("programme") else Person.objects.none()
        ).filter(pk=person),
    )
    assert list(read_person.which(eva)) == []

    grant_role(person=eva, role="coordinator", scope_kind="programme", scope=programme, by=None)

    assert list(read_person.which(eva)) == [ana]
    assert (read_person.allows(eva, ana), read_person.allows(eva, rosa)) == (True, False)


def test_read_person_of_a_role_everywhere_shows_all_and_of_nobody_none(person):
    eva = person("Eva")
    grant_role(person=eva, role="auditor", by=None)

    assert list(read_person.which(eva)) == [eva]
    assert list(read_person.which(None)) == []

import pytest

from trenza.apps.people import rules, scopes
from trenza.apps.people.api import Consent, give_consent, grant_role, read_person, register_persons_within
from trenza.core.ids import new_id


@pytest.fixture(autouse=True)
def no_registrations(monkeypatch):
    monkeypatch.setattr(rules, "_persons_within", {})
    monkeypatch.setattr(scopes, "_contains", {})


@pytest.mark.parametrize("kind", ["programme", "region"])
def test_read_person_shows_whom_an_app_connects_with_the_scope(person, kind: str):
    eva, ana, rosa, scope = person("Eva"), person("Ana"), person("Rosa"), new_id()
    for each in (ana, rosa):
        give_consent(person=each, text="bases", version=1, by=None)
    register_persons_within(
        "test",
        lambda reach: Consent.objects.filter(person=ana) if scope in reach.ids(kind) else Consent.objects.none(),
    )
    assert list(read_person.which(eva)) == []

    grant_role(person=eva, role="coordinator", scope_kind=kind, scope=scope, by=None)

    assert list(read_person.which(eva)) == [ana]
    assert (read_person.allows(eva, ana), read_person.allows(eva, rosa)) == (True, False)


def test_read_person_of_a_role_everywhere_shows_all_and_of_nobody_none(person):
    eva = person("Eva")
    grant_role(person=eva, role="auditor", by=None)

    assert list(read_person.which(eva)) == [eva]
    assert list(read_person.which(None)) == []

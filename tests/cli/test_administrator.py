"""`trenza administrator`: the first one, and no second one by mistake."""

import pytest
from click.testing import CliRunner, Result
from django.core import mail

from tests.journal import journal
from trenza.apps.people.api import RoleGrant, grant_role, register_person
from trenza.apps.people.models import Account, Person
from trenza.cli.commands import main

pytestmark = pytest.mark.django_db
HERS = ("Ana", "Quispe")


def administrator(*words: str) -> Result:
    return CliRunner().invoke(main, ["administrator", *words])


def standing() -> list[tuple[str, str, str]]:
    grants = RoleGrant.objects.filter(withdrawn_at=None).order_by("granted_at")
    return [(grant.person.given_name, grant.role, grant.scope_kind) for grant in grants]


def test_the_first_is_registered_and_administrates_everything():
    result = administrator("Ana@Example.org", "--name", *HERS)

    assert (result.exit_code, mail.outbox) == (0, [])
    assert standing() == [("Ana", "administrator", "all")]
    assert Account.objects.get().email == "ana@example.org"
    assert [kind for kind, *_ in journal()] == ["people.person_registered.v1", "people.role_granted.v1"]


def test_one_who_is_known_keeps_her_name():
    register_person(given_name="Eva", family_name="Poma", email="eva@example.org")

    assert administrator("EVA@example.org", "--name", *HERS).exit_code == 0
    assert standing() == [("Eva", "administrator", "all")]


def test_another_only_when_it_is_said():
    administrator("ana@example.org", "--name", *HERS)

    refused = administrator("eva@example.org", "--name", "Eva", "Poma")
    assert (refused.exit_code, "--another" in refused.output, Person.objects.count()) == (1, True, 1)

    assert administrator("eva@example.org", "--name", "Eva", "Poma", "--another").exit_code == 0
    assert standing() == [("Ana", "administrator", "all"), ("Eva", "administrator", "all")]


def test_an_administrator_of_one_programme_is_not_the_first():
    person = register_person(given_name="Eva", family_name="Poma", email="eva@example.org")
    grant_role(person=person, role="administrator", scope_kind="programme", scope=person.id, by=None)

    assert administrator("ana@example.org", "--name", *HERS).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ana@example.org"], "--name"),
        (["ana", "--name", *HERS], "no e-mail address"),
        (["", "--name", *HERS], "no e-mail"),
    ],
)
def test_what_is_missing_is_said_and_nobody_registered(words, said):
    result = administrator(*words)

    assert (result.exit_code, said in result.output, Person.objects.count()) == (1, True, 0)


def test_an_account_that_was_closed_is_not_opened():
    register_person(given_name="Ana", family_name="", email="ana@example.org")
    Account.objects.update(is_active=False)

    result = administrator("ana@example.org", "--name", *HERS)

    assert (result.exit_code, "was closed" in result.output, standing()) == (1, True, [])

"""Registering persons, on a real database."""

from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from trenza.apps.people.api import Account, EmailTaken, IdTaken, Person, register_person, update_person
from trenza.core.errors import NotAllowed
from trenza.core.journal import check, everything

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return [line.kind for line in everything()]


def test_register_person_makes_a_person_with_an_account():
    person = register_person(given_name=" Rosa ", family_name="Quispe", email=" Rosa@Demo.Example ")

    account = Account.objects.get()
    assert (person.name, person.name_on_certificate, person.language) == ("Rosa Quispe", "Rosa Quispe", "es")
    assert (account.person, account.email, account.has_usable_password()) == (person, "rosa@demo.example", False)
    [line] = everything()
    assert (line.kind, line.person, line.by) == ("people.person_registered.v1", person.id, None)
    assert check() == []


def test_register_person_with_a_taken_address_changes_nothing():
    register_person(given_name="Rosa", family_name="Quispe", email="rosa@demo.example")

    with pytest.raises(EmailTaken):
        register_person(given_name="Otra", family_name="Rosa", email="ROSA@demo.example")

    assert Person.objects.count() == 1
    assert kinds() == ["people.person_registered.v1"]


def test_register_person_lets_sisters_share_a_phone():
    for name in ("Rosa", "Ana"):
        register_person(given_name=name, family_name="Quispe", phone="+59171234567")

    assert [account.person.given_name for account in Account.objects.order_by("created_at")] == ["Rosa", "Ana"]


def test_register_person_without_address_or_number_makes_no_account():
    register_person(given_name="Rosa", family_name="")

    assert list(Account.objects.all()) == []


def test_register_person_under_the_id_that_she_goes_by_already():
    luz = register_person(id=UUID(int=7), given_name="Luz", family_name="")
    assert (luz.pk, Person.objects.get().name) == (UUID(int=7), "Luz")

    with pytest.raises(IdTaken):
        register_person(id=UUID(int=7), given_name="Otra", family_name="")
    assert kinds() == ["people.person_registered.v1"]


def test_update_person_changes_what_is_given():
    person = register_person(given_name="Rosa", family_name="Quispe")

    assert update_person(person=person, by=person, certificate_name="Rosa María Quispe", birth_date=date(2001, 2, 3))
    assert not update_person(person=person, by=person, certificate_name="Rosa María Quispe")

    person.refresh_from_db()
    assert (person.name_on_certificate, person.birth_date) == ("Rosa María Quispe", date(2001, 2, 3))
    assert kinds() == ["people.person_registered.v1", "people.person_updated.v1"]


def test_update_person_by_somebody_else_is_refused():
    person = register_person(given_name="Rosa", family_name="Quispe")
    other = register_person(given_name="Ana", family_name="Quispe")

    with pytest.raises(NotAllowed):
        update_person(person=person, by=other, given_name="Tonta")


@pytest.mark.parametrize("fault", [{"email": "Rosa@demo.example"}, {"email": ""}, {"is_superuser": True}])
def test_account_keeps_its_invariants_in_the_database(fault):
    register_person(given_name="Rosa", family_name="Quispe", email="rosa@demo.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.update(**fault)

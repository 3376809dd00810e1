from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.apps.places.examples import a_centre, a_loan, a_person, a_thing, a_trainer, today
from tests.journal import journal
from trenza.apps.places.actions import (
    add_equipment,
    close_centre,
    lend_equipment,
    retire_equipment,
    return_equipment,
)
from trenza.apps.places.actions import equipment as module
from trenza.apps.places.errors import (
    AlreadyLent,
    AlreadyReturned,
    Closed,
    CodeTaken,
    NotWritten,
    Retired,
    StillLent,
    TooMany,
    WrongDay,
)
from trenza.apps.places.models import Equipment, Loan
from trenza.core import journal as core_journal
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_add_equipment_in_one_line_and_once_in_its_centre():
    centre, other = a_centre(), a_centre("otro")

    added = add_equipment(centre=centre, code=" T \t1 ", kind="tablet", label="Tableta\nnegra", by=None)
    a_thing(other, "T 1")
    with pytest.raises(CodeTaken):
        a_thing(centre, "T 1")

    assert (added.code, added.label) == ("T 1", "Tableta negra")


@pytest.mark.parametrize(
    "given",
    [{"code": "  "}, {"code": "x" * 41}, {"kind": "spaceship"}, {"label": "x" * 121}],
)
def test_add_equipment_that_cannot_be_is_refused(given):
    with pytest.raises(NotWritten):
        add_equipment(**{"centre": a_centre(), "code": "T-1", "kind": "phone", "by": None} | given)

    assert list(Equipment.objects.all()) == []


def test_add_equipment_beyond_what_a_centre_may_have_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MOST_EQUIPMENT", 1)
    centre = a_centre()
    a_thing(centre)

    with pytest.raises(TooMany):
        a_thing(centre, "T-2")


def test_lend_and_return_are_told_of_her_without_words_of_ours():
    centre, keeper, ana = a_centre(), a_trainer(), a_person("Ana")
    thing = a_thing(centre)

    loan = lend_equipment(equipment=thing, person=ana, due_on=today(), note="Pantalla rayada", by=keeper)
    returned = return_equipment(loan=loan, note="Igual", by=keeper)

    told = {"centre": str(centre.pk), "equipment": str(thing.pk), "loan": str(loan.pk)}
    assert journal()[-2:] == [
        ("places.equipment_lent.v1", ana.pk, keeper.pk, told | {"due_on": today().isoformat()}),
        ("places.equipment_returned.v1", ana.pk, keeper.pk, told),
    ]
    assert (returned.note, returned.return_note, returned.returned_by) == ("Pantalla rayada", "Igual", keeper)
    assert core_journal.check() == []


def test_a_thing_is_with_one_person_at_a_time():
    thing = a_thing(a_centre())
    loan = a_loan(thing)

    with pytest.raises(AlreadyLent):
        a_loan(thing)
    with pytest.raises(StillLent):
        retire_equipment(equipment=thing, by=None)
    return_equipment(loan=loan, by=None)
    with pytest.raises(AlreadyReturned):
        return_equipment(loan=loan, by=None)
    a_loan(thing)

    assert Loan.objects.filter(returned_at=None).count() == 1


def test_what_is_retired_or_in_a_closed_centre_is_not_lent():
    centre = a_centre()
    gone, there = a_thing(centre), a_thing(centre, "T-2")
    retire_equipment(equipment=gone, by=None)
    with pytest.raises(Retired):
        a_loan(gone)
    with pytest.raises(Retired):
        retire_equipment(equipment=gone, by=None)
    close_centre(centre=centre, by=None)
    with pytest.raises(Closed):
        a_loan(there)
    with pytest.raises(Closed):
        a_thing(centre, "T-3")

    assert list(Loan.objects.all()) == []


@pytest.mark.parametrize("due_on", [today() - timedelta(days=1), today() + timedelta(days=367), date.max, date.min])
def test_lend_until_a_day_that_cannot_be_is_refused(due_on):
    thing = a_thing(a_centre())

    with pytest.raises(WrongDay):
        lend_equipment(equipment=thing, person=a_person(), due_on=due_on, by=None)


def test_lend_to_whom_she_does_not_see_or_from_where_she_keeps_nothing_is_refused():
    centre, other = a_centre(), a_centre("otro")
    thing, keeper = a_thing(centre), a_trainer("centre", centre.pk)
    stranger, known = a_person(), a_person()
    known_loan = a_loan(a_thing(centre, "T-2"), known)

    with pytest.raises(NotAllowed):
        lend_equipment(equipment=thing, person=stranger, due_on=today(), by=keeper)
    with pytest.raises(NotAllowed):
        lend_equipment(equipment=a_thing(other), person=known, due_on=today(), by=keeper)
    for by in (a_trainer("centre", other.pk), a_trainer(role="auditor"), known):
        with pytest.raises(NotAllowed):
            lend_equipment(equipment=thing, person=known, due_on=today(), by=by)
        with pytest.raises(NotAllowed):
            return_equipment(loan=known_loan, by=by)
        with pytest.raises(NotAllowed):
            retire_equipment(equipment=thing, by=by)

    assert lend_equipment(equipment=thing, person=known, due_on=today(), by=keeper).person == known


def test_a_note_that_is_too_long_is_refused():
    thing = a_thing(a_centre())

    with pytest.raises(NotWritten):
        lend_equipment(equipment=thing, person=a_person(), due_on=today(), note="x" * 301, by=None)


def test_the_database_refuses_what_no_action_would_write():
    thing = a_thing(a_centre())
    loan = a_loan(thing)
    for broken in (
        lambda: Loan.objects.create(equipment=thing, person=loan.person, lent_at=loan.lent_at, due_on=loan.due_on),
        lambda: Loan.objects.filter(pk=loan.pk).update(returned_by=loan.person),
        lambda: Equipment.objects.filter(pk=thing.pk).update(retired_by=loan.person),
        lambda: Equipment.objects.filter(pk=thing.pk).update(kind="spaceship"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()

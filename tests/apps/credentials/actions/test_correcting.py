from datetime import timedelta

import pytest

from tests.apps.credentials.actions.test_revoking import MISTAKE, somebody_with
from tests.apps.credentials.examples import a_credential
from tests.apps.programmes.examples import a_person
from trenza.apps.credentials.actions import correct_name, correcting, corrections_left, revoke_credential
from trenza.apps.credentials.errors import NameNotPrintable, NameOfAnother, NothingToCorrect, TooManyCorrections
from trenza.apps.credentials.models import Credential, NameCorrection
from trenza.core import clock
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def holding(person):
    return Credential.objects.filter(person=person, superseded_at=None, revoked_at=None)


def test_all_that_holds_is_issued_anew_and_her_next_ones_bear_the_name():
    credential = a_credential()
    person = credential.person

    [new] = correct_name(person=person, name="Rosa  María Quispe", by=person)

    person.refresh_from_db()
    assert (new.name, person.name_on_certificate) == ("Rosa María Quispe", "Rosa María Quispe")
    assert list(holding(person)) == [new]
    with pytest.raises(NothingToCorrect):
        correct_name(person=person, name="Rosa María Quispe", by=person)
    with pytest.raises(NothingToCorrect):
        correct_name(person=person, name="  ", by=person)
    assert corrections_left(person) == 2


def test_name_that_cannot_be_printed_changes_nothing():
    credential = a_credential()

    with pytest.raises(NameNotPrintable):
        correct_name(person=credential.person, name="罗莎", by=credential.person)

    assert list(holding(credential.person)) == [credential]
    assert not NameCorrection.objects.exists()


def test_three_times_a_year_by_herself_and_then_the_team(monkeypatch):
    credential = a_credential(region="sur")
    person = credential.person
    for name in ("Rosa Uno", "Rosa Dos", "Rosa Tres"):
        correct_name(person=person, name=name, by=person)

    with pytest.raises(TooManyCorrections):
        correct_name(person=person, name="Rosa Cuatro", by=person)

    region = credential.enrolment.edition.programme.regions.get(code="sur").pk
    [new] = correct_name(
        person=person, name="Rosa Cuatro", by=somebody_with("coordinator", scope_kind="region", scope=region)
    )
    assert new.name == "Rosa Cuatro"
    later = clock.now() + correcting.WITHIN + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert corrections_left(person) == 3
    correct_name(person=person, name="Rosa Cinco", by=person)


def test_others_correct_nothing():
    credential = a_credential(region="sur")
    elsewhere = credential.enrolment.edition.programme.regions.get(code="norte").pk
    others = (
        a_person("Ana"), somebody_with("trainer"), somebody_with("auditor"),
        somebody_with("coordinator", scope_kind="region", scope=elsewhere),
    )  # fmt: skip
    for other in others:
        with pytest.raises(NotAllowed):
            correct_name(person=credential.person, name="Ana", by=other)

    assert list(holding(credential.person)) == [credential]


def test_what_was_taken_back_stays_as_it_was():
    credential = a_credential()
    revoke_credential(credential=credential, reason=MISTAKE, by=somebody_with("administrator"))

    with pytest.raises(NothingToCorrect):
        correct_name(person=credential.person, name="Rosa María Quispe", by=credential.person)


def test_three_small_steps_do_not_make_another_person():
    credential = a_credential()  # Rosa Quispe
    person = credential.person
    with pytest.raises(NameOfAnother):
        correct_name(person=person, name="Elvira Mamani", by=person)

    correct_name(person=person, name="Rosa Mamani", by=person)
    with pytest.raises(NameOfAnother):
        correct_name(person=person, name="Elvira Mamani", by=person)

    assert [each.name for each in holding(person)] == ["Rosa Mamani"]
    assert corrections_left(person) == 2


def test_name_that_the_team_gave_is_the_one_that_she_corrects_from():
    credential = a_credential(region="sur")
    person = credential.person
    correct_name(person=person, name="Rosa Quispe Mamani", by=person)
    correct_name(person=person, name="Elvira Condori", by=somebody_with("administrator"))

    correct_name(person=person, name="Elvira Cóndori", by=person)
    with pytest.raises(NameOfAnother):
        correct_name(person=person, name="Rosa Quispe", by=person)

    assert [each.name for each in holding(person)] == ["Elvira Cóndori"]

"""Who sees and checks a guardian: whoever reaches the minor with that permission, and never for herself."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from tests.apps.admissions.examples import a_call, a_minor, a_person, a_programme, an_application, region_of
from trenza.apps.people.ages import years_before
from trenza.apps.people.api import (
    Guardianship,
    Person,
    check_guardian,
    checkable_guardianships,
    grant_role,
    guardianships_expiring,
    guardianships_waiting,
    mail_link,
    name_guardian,
    new_guardian_link,
    readable_guardianships,
    register_person,
)
from trenza.core import clock, reference
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def staff(role: str, **scope: Any) -> Person:
    person = a_person(90 + Person.objects.count())
    grant_role(person=person, role=role, by=None, **scope)
    return person


def guarded(n: int = 1, region: str = "el-alto", **details: Any) -> Guardianship:
    """A minor who has applied in a region, and has named her mother."""
    call = a_call(a_programme()) if n == 1 else a_call_again()
    person = a_minor(n)
    an_application(call, n, region, person=person, state="waiting_guardian")
    return name_guardian(person=person, name=f"Madre {n}", relation="mother", phone="7", by=person)


def a_call_again() -> Any:
    from trenza.apps.admissions.models import Call

    return Call.objects.get()


def test_coordinator_checks_in_her_region_and_an_auditor_only_reads():
    here, there = guarded(1), guarded(2, "oruro")
    region = region_of(a_call_again()).pk
    coordinator = staff("coordinator", scope_kind="region", scope=region)
    auditor = staff("auditor", scope_kind="region", scope=region)
    administrator, trainer = staff("administrator"), staff("trainer")

    assert list(checkable_guardianships.which(coordinator)) == [here]
    assert list(readable_guardianships.which(auditor)) == [here]
    assert set(checkable_guardianships.which(administrator)) == {here, there}
    for nobody in (auditor, trainer, here.person, None):
        assert list(checkable_guardianships.which(nobody)) == []
    with pytest.raises(NotAllowed):
        check_guardian(guardianship=there, how="in_person", by=coordinator)
    check_guardian(guardianship=here, how="in_person", by=coordinator)
    assert here.steps.get(state="checked").by == coordinator


def test_nobody_checks_her_own_guardian():
    guardianship = guarded()
    grant_role(person=guardianship.person, role="administrator", by=None)

    with pytest.raises(NotAllowed):
        check_guardian(guardianship=guardianship, how="in_person", by=guardianship.person)


def test_lists_say_what_waits_and_what_ends_soon(django_assert_num_queries):
    first, second = guarded(1), guarded(2)
    administrator = staff("administrator")

    assert list(guardianships_waiting(administrator)) == [first, second]
    check_guardian(guardianship=first, how="in_person", by=administrator)
    Guardianship.objects.filter(pk=first.pk).update(expires_on=clock.now().date() + timedelta(days=20))
    with django_assert_num_queries(4):  # two for her reach, each
        assert [each.person for each in guardianships_waiting(administrator)] == [second.person]
        assert [each.person for each in guardianships_expiring(administrator)] == [first.person]
    assert list(guardianships_expiring(administrator, within_days=19)) == []
    assert list(guardianships_expiring(staff("trainer"))) == []


def test_who_is_of_age_where_she_lives_is_in_no_list(monkeypatch: pytest.MonkeyPatch):
    guardianship, administrator, today = guarded(), staff("administrator"), clock.now().date()
    check_guardian(guardianship=guardianship, how="in_person", by=administrator)
    Guardianship.objects.update(expires_on=today)
    minor = Person.objects.filter(pk=guardianship.person_id)
    assert list(guardianships_expiring(administrator)) == [guardianship]

    minor.update(birth_date=years_before(today, 18))
    assert list(guardianships_expiring(administrator)) == []

    monkeypatch.setattr(reference, "adult_ages", lambda: {"BO": 21, "MX": 18})
    assert list(guardianships_expiring(administrator)) == []  # in no country that we know
    minor.update(country="BO")
    assert list(guardianships_expiring(administrator)) == [guardianship]
    minor.update(birth_date=years_before(today, 21))
    assert list(guardianships_expiring(administrator)) == []


def test_what_ended_long_ago_is_in_no_list():
    guardianship, administrator = guarded(), staff("administrator")
    check_guardian(guardianship=guardianship, how="in_person", by=administrator)

    for days, shown in ((89, [guardianship]), (90, [])):
        Guardianship.objects.update(expires_on=clock.now().date() - timedelta(days=days))
        assert list(guardianships_expiring(administrator)) == shown


def test_mail_to_a_guardian_names_nobody_and_is_not_sent_for_somebody_made_up():
    real, made_up = (
        register_person(
            given_name="Dana",
            family_name="Ríos",
            birth_date=date(2010, 1, 1),
            synthetic=synthetic,
            email=f"{synthetic}@x.mx",
        )
        for synthetic in (False, True)
    )
    for person in (real, made_up):
        guardianship = name_guardian(
            person=person, name="Lucía", relation="mother", email="lucia@ejemplo.mx", by=person
        )
        mail_link(new_guardian_link(guardianship=guardianship, by=person))

    [message] = mail.outbox
    assert (message.to, message.subject) == (["lucia@ejemplo.mx"], "Una pregunta para ti")
    assert "/acuerdo/" in str(message.body)
    for word in ("Dana", "Ríos", "Lucía", "Mujeres", "programa", "mamá", "hija"):
        assert word not in f"{message.subject} {message.body}"

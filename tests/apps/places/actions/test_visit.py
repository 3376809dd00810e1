from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.apps.places.examples import a_centre, a_person, a_trainer, today
from tests.journal import journal
from trenza.apps.places.actions import close_centre, note_visit, note_visits, take_back_visit
from trenza.apps.places.errors import AlreadyNoted, AlreadyTakenBack, Closed, NotWritten, TooMany, WrongDay
from trenza.apps.places.models import Visit
from trenza.core import journal as core_journal
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_note_visit_of_a_person_once_for_a_purpose_on_a_day():
    centre, keeper, ana = a_centre(), a_trainer(), a_person("Ana")

    visit = note_visit(centre=centre, person=ana, day=today(), purpose="wifi", by=keeper)
    with pytest.raises(AlreadyNoted):
        note_visit(centre=centre, person=ana, day=today(), purpose="wifi", by=keeper)
    note_visit(centre=centre, person=ana, day=today(), purpose="class", by=keeper)

    assert visit.count == 1
    assert journal()[-2] == (
        "places.visit_noted.v1",
        ana.pk,
        keeper.pk,
        {
            "centre": str(centre.pk),
            "visit": str(visit.pk),
            "day": today().isoformat(),
            "purpose": "wifi",
            "count": 1,
        },
    )
    assert core_journal.check() == []


def test_note_visits_counts_women_whose_names_nobody_asked():
    centre = a_centre()

    for count in (3, 1):
        note_visits(centre=centre, count=count, day=today(), purpose="practice", by=None)

    assert [(each.count, each.person) for each in Visit.objects.order_by("noted_at")] == [(3, None), (1, None)]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"count": 0}, NotWritten),
        ({"count": -1}, NotWritten),
        ({"count": 501}, TooMany),
        ({"purpose": "sleep"}, NotWritten),
        ({"day": today() + timedelta(days=1)}, WrongDay),
        ({"day": today() - timedelta(days=63)}, WrongDay),
        ({"day": date.max}, WrongDay),
        ({"day": date.min}, WrongDay),
    ],
)
def test_note_visits_that_cannot_be_is_refused(given, error):
    centre = a_centre()

    with pytest.raises(error):
        note_visits(**{"centre": centre, "count": 2, "day": today(), "purpose": "wifi", "by": None} | given)

    assert list(Visit.objects.all()) == []


def test_take_back_visit_once_and_note_it_again():
    centre, ana = a_centre(), a_person("Ana")
    visit = note_visit(centre=centre, person=ana, day=today(), purpose="help", by=None)

    take_back_visit(visit=visit, by=None)
    with pytest.raises(AlreadyTakenBack):
        take_back_visit(visit=visit, by=None)
    note_visit(centre=centre, person=ana, day=today(), purpose="help", by=None)

    assert Visit.objects.filter(taken_back_at=None).count() == 1
    assert [kind.split(".")[1] for kind, about, _by, _data in journal() if about == ana.pk][-3:] == [
        "visit_noted",
        "visit_taken_back",
        "visit_noted",
    ]


def test_who_does_not_keep_the_centre_notes_nothing_and_nothing_is_noted_in_a_closed_one():
    centre, other = a_centre(), a_centre("otro")
    visit = note_visits(centre=centre, count=2, day=today(), purpose="wifi", by=None)

    for by in (a_trainer("centre", other.pk), a_trainer(role="auditor"), a_person()):
        with pytest.raises(NotAllowed):
            note_visits(centre=centre, count=2, day=today(), purpose="wifi", by=by)
        with pytest.raises(NotAllowed):
            take_back_visit(visit=visit, by=by)
    with pytest.raises(NotAllowed):
        note_visit(centre=centre, person=a_person(), day=today(), purpose="wifi", by=a_trainer("centre", centre.pk))
    close_centre(centre=centre, by=None)
    with pytest.raises(Closed):
        note_visits(centre=centre, count=2, day=today(), purpose="wifi", by=None)

    assert list(Visit.objects.all()) == [visit]


def test_the_database_refuses_what_no_action_would_write():
    centre, ana = a_centre(), a_person("Ana")
    visit = note_visit(centre=centre, person=ana, day=today(), purpose="help", by=None)
    for broken in (
        lambda: Visit.objects.filter(pk=visit.pk).update(count=2),
        lambda: Visit.objects.filter(pk=visit.pk).update(person=None, count=0),
        lambda: Visit.objects.filter(pk=visit.pk).update(taken_back_by=ana),
        lambda: Visit.objects.filter(pk=visit.pk).update(purpose="sleep"),
        lambda: Visit.objects.create(centre=centre, person=ana, day=today(), purpose="help", noted_at=visit.noted_at),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()

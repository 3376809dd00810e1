from typing import Any

import pytest

from tests.apps.admissions.examples import a_call, a_person, region_of
from tests.apps.admissions.tracks import a_tracks_call, placed, track_of
from trenza.apps.admissions.actions.acceptance import accept_award
from trenza.apps.admissions.actions.applications import submit_application
from trenza.apps.admissions.actions.awards import award_application
from trenza.apps.admissions.actions.track_changes import change_own_track
from trenza.apps.admissions.privacy import erase, export
from trenza.apps.forms.privacy import erase as erase_answers
from trenza.apps.forms.privacy import export as export_answers

pytestmark = pytest.mark.django_db


def test_export_tells_her_everything_and_erase_leaves_only_the_count():
    call, person = a_call(), a_person()
    answers: dict[str, Any] = {"has_email": True, "why": "Por mis hijas"}
    application = submit_application(call=call, person=person, region=region_of(call), answers=answers, by=person)
    accept_award(award=award_application(application=application, by=None), by=person)

    [exported] = export(person.pk)
    assert (exported["call"], exported["region"], exported["state"]) == ("beca-2026", "el-alto", "accepted")
    assert exported["outcomes"][0] == {"sentence": "Tener entre 16 y 29 años.", "met": True}
    assert [each["answers"] for each in export_answers(person.id)] == [answers]

    erase(person=person.id)
    erase_answers(person=person.id)

    assert [each["outcomes"] for each in export(person.pk)] == [[]]
    assert [each["answers"] for each in export_answers(person.id)] == [{}]


def test_she_reads_what_she_wished_for_and_where_her_place_is():
    call = a_tracks_call()
    award = placed(call, 1, "python", "redes")
    change_own_track(award=award, track=track_of(call, "redes"), by=award.person)

    [exported, *_plans] = export(award.person_id)

    assert (exported["wishes"], exported["track"]) == (["python", "redes"], "redes")
    assert exported["changed_track_at"] is not None

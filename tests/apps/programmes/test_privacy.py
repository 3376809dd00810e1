import pytest

from tests.apps.programmes.actions.test_track_change import another_track
from tests.apps.programmes.examples import an_enrolment, module
from trenza.apps.programmes import privacy
from trenza.apps.programmes.api import (
    Enrolment,
    EnrolmentChange,
    TrackChange,
    change_track,
    meet_requirement,
    withdraw_enrolment,
)

pytestmark = pytest.mark.django_db


def test_export_tells_her_all_that_is_kept():
    enrolment = an_enrolment(region="sur")
    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))
    withdraw_enrolment(enrolment=enrolment, reason="care", by=None)

    [exported] = privacy.export(enrolment.person_id)

    assert {key: exported[key] for key in ("programme", "edition", "track", "region", "follow_ons")} == {
        "programme": "prueba",
        "edition": "2026",
        "track": "basico",
        "region": "sur",
        "follow_ons": [],
    }
    assert [(change["state"], change["reason"]) for change in exported["changes"]] == [
        ("active", ""),
        ("withdrawn", "care"),
    ]
    assert [met["module"] for met in exported["requirements_met"]] == ["uno"]


def test_erase_removes_the_reason_and_keeps_the_count():
    enrolment = an_enrolment()
    withdraw_enrolment(enrolment=enrolment, reason="health", by=None)

    privacy.erase(person=enrolment.person_id)

    assert set(EnrolmentChange.objects.values_list("state", "reason")) == {("active", ""), ("withdrawn", "")}
    assert Enrolment.objects.get().sex == "female"


def test_she_reads_from_which_track_to_which_she_was_moved_and_why_until_she_is_erased():
    enrolment = an_enrolment()
    track = another_track(enrolment.edition.programme)
    change_track(enrolment=enrolment, track=track, by=None, reason="Se mudó")

    [exported] = privacy.export(enrolment.person_id)
    [change] = exported["track_changes"]
    assert (change["before"], change["after"], change["reason"]) == ("basico", "avanzado", "Se mudó")

    privacy.erase(person=enrolment.person_id)
    assert TrackChange.objects.get().reason == ""

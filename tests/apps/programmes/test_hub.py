"""What a hub learns of somebody on its roster whose track was changed at the cell."""

from typing import Any

import pytest

from tests.apps.programmes.actions.test_track_change import another_track, met_in
from tests.apps.programmes.examples import a_person, an_enrolment, module
from trenza.apps.programmes.api import Enrolment, RequirementMet, change_track, meet_requirement
from trenza.apps.sync.api import HubPlace
from trenza.apps.sync.hub.registry import hub_tables
from trenza.core.ids import new_id

pytestmark = pytest.mark.django_db


def rows(place: HubPlace) -> dict[str, dict[bytes, Any]]:
    """What goes down of enrolments and of what was met."""
    tables = hub_tables()
    return {
        name: dict(tables[name].rows(place)) for name in ("programmes.enrolment", "programmes.requirement_met")
    }  # fmt: skip


def test_a_hub_learns_that_she_changed_her_track_and_what_counts_in_it():
    enrolment = an_enrolment()
    place = HubPlace(new_id(), new_id(), b"")
    vars(place)["persons"] = frozenset({enrolment.person_id})
    meet_requirement(enrolment=enrolment, module=module(enrolment, "dos"), by=a_person("Marta"))
    before = rows(place)
    track = another_track(enrolment.edition.programme)

    change_track(enrolment=enrolment, track=track, by=enrolment.person)

    after = rows(place)
    [key] = after["programmes.enrolment"]
    assert before["programmes.enrolment"][key]["track"] != after["programmes.enrolment"][key]["track"] == track.pk.bytes
    assert len(after["programmes.requirement_met"]) == len(before["programmes.requirement_met"]) + 1

    # The hub as it was before, and then with what came down.
    Enrolment.objects.filter(pk=enrolment.pk).update(track=enrolment.track_id)
    RequirementMet.objects.filter(module__track=track).delete()
    for name, changed in after.items():
        hub_tables()[name].apply(list(changed.items()), [])
    assert Enrolment.objects.get().track == track
    assert met_in(enrolment) == {"dos"}

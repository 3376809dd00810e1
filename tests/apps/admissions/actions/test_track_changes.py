"""One change of track before a day; her seat moves, and the one before goes to who waits."""

from datetime import datetime, time, timedelta

import pytest

from tests.apps.admissions.actions.test_awards import coordinator_of, states
from tests.apps.admissions.examples import a_person
from tests.apps.admissions.tracks import LAST_DAY, a_tracks_call, held_of, placed, places, taken_of, track_of, wishing
from tests.journal import journal
from trenza.apps.admissions.actions.acceptance import decline_award
from trenza.apps.admissions.actions.awards import award_application
from trenza.apps.admissions.actions.ending import release_seat
from trenza.apps.admissions.actions.track_changes import change_own_track, change_track_of
from trenza.apps.admissions.errors import (
    ChangeUsed,
    NoSeatLeft,
    ReasonMissing,
    TooLateToChange,
    WishesNotValid,
    WrongState,
)
from trenza.apps.admissions.models import Award
from trenza.apps.admissions.queries import place_of, tracks_to_change_to
from trenza.apps.programmes.api import (
    Edition,
    Enrolment,
    TrackChange,
    meet_requirement,
    return_to_enrolment,
    withdraw_enrolment,
)
from trenza.apps.programmes.api import WrongState as WrongEnrolmentState
from trenza.core import clock
from trenza.core.clock import travel
from trenza.core.errors import NotAllowed
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db
WHY = "Se mudó y el horario no le sirve"


def test_she_changes_once_and_the_seat_before_goes_to_the_first_who_wishes_for_it():
    call = a_tracks_call(9, python=1, redes=1, soporte=1)
    award = placed(call, 1, "python")
    waiting = wishing(call, 2, "python", state="waiting_list")

    change_own_track(award=award, track=track_of(call, "redes"), by=award.person)
    work_until_done()

    assert places(call) == {"Juana 1": "redes", "Juana 2": "python"}
    assert waiting.award.track.code == "python"
    assert taken_of(call) == held_of(call) == {"": 2, "python": 1, "redes": 1, "soporte": 0}
    [enrolment] = Enrolment.objects.all()
    assert enrolment.track.code == "redes"
    assert Award.objects.get(pk=award.pk).changed_track_at is not None
    assert [kind for kind, *_rest in journal() if "track" in kind or "moved" in kind] == [
        "programmes.track_changed.v1", "admissions.award_moved.v1",
    ]  # fmt: skip
    with pytest.raises(ChangeUsed):
        change_own_track(award=award, track=track_of(call, "soporte"), by=award.person)


def test_a_second_tap_changes_nothing():
    call = a_tracks_call(python=1, redes=1)
    award = placed(call, 1, "python")

    for _tap in range(3):
        changed = change_own_track(award=award, track=track_of(call, "redes"), by=award.person)

    assert changed.track.code == "redes"
    assert TrackChange.objects.count() == 1
    assert taken_of(call) == {"python": 0, "redes": 1}


def test_what_she_did_in_the_strand_that_both_share_stays():
    call = a_tracks_call()
    award = placed(call, 1, "python")
    enrolment = award.acceptance.enrolment
    for module in enrolment.track.modules.all():
        if module.code == "vida":
            meet_requirement(enrolment=enrolment, module=module, by=a_person(99))

    change_own_track(award=award, track=track_of(call, "redes"), by=award.person)

    met = enrolment.requirements_met.filter(module__track__code="redes")
    assert [each.module.code for each in met] == ["vida"]


def test_a_track_without_a_free_seat_is_refused_and_nothing_changes():
    call = a_tracks_call(python=1, redes=1)
    award, other = placed(call, 1, "python"), placed(call, 2, "redes")

    with pytest.raises(NoSeatLeft):
        change_own_track(award=award, track=other.track, by=award.person)

    award.refresh_from_db()
    assert (award.track.code, award.changed_track_at, taken_of(call)) == ("python", None, {"python": 1, "redes": 1})
    assert [(track.code, left) for track, left in tracks_to_change_to(award)] == [("soporte", None), ("redes", 0)]


def test_the_last_day_is_a_whole_day_where_the_call_is():
    call = a_tracks_call(redes=2)
    first, second = placed(call, 1, "python"), placed(call, 2, "python")
    midnight = datetime.combine(LAST_DAY + timedelta(days=1), time.min, call.zone)

    with travel(midnight - timedelta(seconds=1)):
        change_own_track(award=first, track=track_of(call, "redes"), by=first.person)
    with travel(midnight), pytest.raises(TooLateToChange):
        change_own_track(award=second, track=track_of(call, "redes"), by=second.person)


def test_a_call_without_such_a_day_lets_nobody_change_but_the_team():
    call = a_tracks_call(change_until=None)
    award = placed(call, 1, "python")

    with pytest.raises(TooLateToChange):
        change_own_track(award=award, track=track_of(call, "redes"), by=award.person)
    change_track_of(award=award, track=track_of(call, "redes"), reason=WHY, by=coordinator_of(call))

    assert places(call) == {"Juana 1": "redes"}


def test_the_team_changes_her_with_a_reason_after_the_day_and_her_own_change_is_still_hers():
    call = a_tracks_call(python=1, redes=1)
    award, team = placed(call, 1, "python"), coordinator_of(call)

    with travel(clock.now() + timedelta(days=60)):
        with pytest.raises(ReasonMissing):
            change_track_of(award=award, track=track_of(call, "redes"), reason=" ", by=team)
        change_track_of(award=award, track=track_of(call, "redes"), reason=WHY, by=team)

    assert (TrackChange.objects.get().reason, TrackChange.objects.get().by) == (WHY, team)
    assert WHY not in str(journal())
    change_own_track(award=award, track=track_of(call, "python"), by=award.person)
    assert places(call) == {"Juana 1": "python"}


def test_only_she_and_who_awards_there_may_and_nobody_changes_her_own_as_the_team():
    call = a_tracks_call()
    award, stranger = placed(call, 1, "python"), a_person(50)
    team = coordinator_of(call)
    hers = wishing(call, 3, "python", person=team)
    accepted = award_application(application=hers, by=None)

    with pytest.raises(NotAllowed):
        change_own_track(award=award, track=track_of(call, "redes"), by=stranger)
    with pytest.raises(NotAllowed):
        change_track_of(award=award, track=track_of(call, "redes"), reason=WHY, by=stranger)
    with pytest.raises(NotAllowed):
        change_track_of(award=accepted, track=track_of(call, "redes"), reason=WHY, by=team)


def test_who_has_not_accepted_or_has_left_changes_nothing():
    call = a_tracks_call()
    offered = award_application(application=wishing(call, 1, "python"), by=None)
    left = placed(call, 2, "python")
    withdraw_enrolment(enrolment=left.acceptance.enrolment, by=left.person)

    with pytest.raises(WrongState):
        change_own_track(award=offered, track=track_of(call, "redes"), by=offered.person)
    with pytest.raises(WrongEnrolmentState):
        change_own_track(award=left, track=track_of(call, "redes"), by=left.person)
    decline_award(award=offered, by=offered.person)
    with pytest.raises(WrongState):
        change_own_track(award=offered, track=track_of(call, "redes"), by=offered.person)


def test_a_track_of_another_call_is_refused():
    call = a_tracks_call()
    award = placed(call, 1, "python")

    with pytest.raises(WishesNotValid):
        change_own_track(award=award, track=track_of(call, "alfabetizacion"), by=award.person)


def test_the_seat_of_who_leaves_before_it_begins_is_that_of_the_track_in_which_she_is():
    call = a_tracks_call(python=1, redes=1)
    Edition.objects.update(starts_on=(clock.now() + timedelta(days=9)).date())
    award = placed(call, 1, "python")
    stale = Award.objects.select_related("call").get(pk=award.pk)
    change_own_track(award=award, track=track_of(call, "redes"), by=award.person)
    enrolment = Enrolment.objects.get()
    withdraw_enrolment(enrolment=enrolment, by=award.person)

    release_seat(enrolment=enrolment.pk)
    assert (states(call), taken_of(call)) == (["released"], {"python": 0, "redes": 0})
    return_to_enrolment(enrolment=enrolment, by=award.person)

    assert taken_of(call) == held_of(call) == {"python": 0, "redes": 1}
    assert stale.track.code == "python"
    found = place_of(enrolment)
    assert found is not None
    assert found.track.code == "redes"

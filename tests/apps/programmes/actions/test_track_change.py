"""An enrolment goes on in another track, and what counts there too stays met."""

from datetime import UTC, datetime

import pytest

from tests.apps.programmes.examples import a_person, a_programme, an_enrolment, module
from trenza.apps.programmes.api import (
    AlreadyEnrolled,
    Completion,
    Enrolment,
    Module,
    NotOffered,
    NotOfThisTrack,
    PriorLearning,
    Programme,
    RequirementMet,
    Track,
    TrackChange,
    WrongState,
    change_track,
    enrol,
    meet_requirement,
    module_states,
    withdraw_enrolment,
)
from trenza.core.ids import new_id
from trenza.core.journal import check, everything

pytestmark = pytest.mark.django_db
MET = datetime(2026, 5, 4, tzinfo=UTC)


def another_track(programme: Programme, code: str = "avanzado", *, offered: bool = True) -> Track:
    """With a course `otro` of its own, the course `uno`, and the strand `dos` that a trainer confirms."""
    track = Track.objects.create(programme=programme, code=code, name=code.title(), summary="…", unlock="free")
    for position, course in enumerate(("otro", "uno")):
        Module.objects.create(
            track=track, code=f"curso-{course}", name=course, position=position, requirement_kind="course",
            course=course,
        )  # fmt: skip
    Module.objects.create(
        track=track, code="dos", name="Dos", position=2, requirement_kind="confirmed", confirmed_by="trainer"
    )
    if offered:
        programme.editions.get().tracks.add(track)
    return track


def met_in(enrolment: Enrolment) -> set[str]:
    """The modules of her track that she has met."""
    enrolment = Enrolment.objects.select_related("track").get(pk=enrolment.pk)
    return {state.module.code for state in module_states(enrolment) if state.met_at}


def test_what_both_tracks_ask_stays_met_with_who_confirmed_it_and_when():
    enrolment, trainer, evidence = an_enrolment(), a_person("Marta"), new_id()
    track = another_track(enrolment.edition.programme)
    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"), evidence=evidence, met_at=MET)

    change = change_track(enrolment=enrolment, track=track, by=enrolment.person)

    assert (change.before.code, change.after, change.by) == ("basico", track, enrolment.person)
    assert met_in(enrolment) == {"curso-uno"}
    row = RequirementMet.objects.get(module__track=track)
    assert (row.met_at, row.evidence) == (MET, evidence)
    meet_requirement(enrolment=Enrolment.objects.get(), module=track.modules.get(code="dos"), by=trainer)
    assert Enrolment.objects.get().state == "active"
    assert check() == []


def test_a_strand_that_a_role_confirms_and_prior_learning_go_with_her():
    enrolment, team = an_enrolment(), a_person("Marta")
    track = another_track(enrolment.edition.programme)
    prior = PriorLearning.CERTIFICATE
    meet_requirement(enrolment=enrolment, module=module(enrolment, "dos"), by=team, met_at=MET, prior=prior)

    change_track(enrolment=enrolment, track=track, by=None)

    row = RequirementMet.objects.get(module__track=track)
    assert (row.module.code, row.by, row.prior, row.met_at) == ("dos", team, prior, MET)


def test_a_strand_that_another_role_confirms_is_another():
    enrolment = an_enrolment()
    track = another_track(enrolment.edition.programme)
    track.modules.filter(code="dos").update(confirmed_by="mentor")
    meet_requirement(enrolment=enrolment, module=module(enrolment, "dos"), by=a_person("Marta"))

    change_track(enrolment=enrolment, track=track, by=None)

    assert met_in(enrolment) == set()


def test_what_only_the_track_before_asked_counts_again_when_she_comes_back():
    enrolment = an_enrolment()
    before, track = enrolment.track, another_track(enrolment.edition.programme)
    track.modules.get(code="curso-uno").delete()
    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"), met_at=MET)

    change_track(enrolment=enrolment, track=track, by=None)
    assert met_in(enrolment) == set()
    change_track(enrolment=enrolment, track=before, by=None)

    assert met_in(enrolment) == {"uno"}
    assert TrackChange.objects.count() == 2
    assert Enrolment.objects.get().enrolled_at == enrolment.enrolled_at


def test_what_she_brings_may_complete_the_new_track():
    programme = a_programme()
    enrolment, track = an_enrolment(programme), another_track(programme)
    Track.objects.filter(pk=track.pk).update(completion=1)
    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))

    change_track(enrolment=enrolment, track=Track.objects.get(pk=track.pk), by=enrolment.person)

    assert Enrolment.objects.get().state == "completed"
    assert Completion.objects.count() == 1
    kinds = [line.kind for line in everything()][-3:]
    assert kinds == [
        "programmes.track_changed.v1", "programmes.requirement_met.v1", "programmes.track_completed.v1",
    ]  # fmt: skip


def test_what_she_met_in_the_track_before_completes_no_other():
    """A track of which any two modules are asked counts its own."""
    programme = a_programme()
    enrolment, track = an_enrolment(programme), another_track(programme)
    Track.objects.filter(pk=track.pk).update(completion=2)
    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))

    change_track(enrolment=enrolment, track=Track.objects.get(pk=track.pk), by=None)

    assert met_in(enrolment) == {"curso-uno"}
    assert RequirementMet.objects.count() == 2
    assert Enrolment.objects.get().state == "active"


def test_who_has_completed_or_left_keeps_her_track():
    enrolment = an_enrolment()
    track = another_track(enrolment.edition.programme)
    withdraw_enrolment(enrolment=enrolment, by=enrolment.person)

    with pytest.raises(WrongState):
        change_track(enrolment=enrolment, track=track, by=None)


def test_a_track_that_is_hers_already_or_is_not_offered_is_refused():
    enrolment = an_enrolment()
    programme = enrolment.edition.programme
    other, elsewhere = another_track(programme), another_track(programme, "fuera", offered=False)
    second = enrol(person=enrolment.person, edition=enrolment.edition, track=other, by=None)

    with pytest.raises(WrongState):
        change_track(enrolment=enrolment, track=enrolment.track, by=None)
    with pytest.raises(NotOffered):
        change_track(enrolment=enrolment, track=elsewhere, by=None)
    with pytest.raises(AlreadyEnrolled) as there:
        change_track(enrolment=enrolment, track=other, by=None)

    assert there.value.enrolment == second
    assert list(TrackChange.objects.all()) == []


def test_a_module_of_the_track_before_is_no_longer_met_from_what_somebody_read_before():
    enrolment = an_enrolment()
    read_before = Enrolment.objects.select_related("track").get(pk=enrolment.pk)
    change_track(enrolment=enrolment, track=another_track(enrolment.edition.programme), by=None)

    with pytest.raises(NotOfThisTrack):
        meet_requirement(enrolment=read_before, module=module(read_before, "uno"))

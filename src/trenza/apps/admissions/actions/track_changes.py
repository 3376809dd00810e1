"""She has accepted, and goes on in another track of her call: once by herself until a day, else by the team."""

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.judging import State
from trenza.apps.admissions.actions.reasons import reason_of
from trenza.apps.admissions.actions.seats import lock_seats, move_seat
from trenza.apps.admissions.errors import ChangeUsed, TooLateToChange, WishesNotValid, WrongState
from trenza.apps.admissions.events import AwardMoved
from trenza.apps.admissions.models import Application, Award
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Track, change_track
from trenza.core import clock
from trenza.core.journal import action, record


@action
def change_own_track(*, award: Award, track: Track, by: Person) -> Award:
    """Take a seat of another track of her call for the one that she has. What both tracks ask stays met; the rest is
    kept. A second tap for the same track changes nothing.

    Raises:
        TooLateToChange: the last day is over, or the call lets nobody.
        ChangeUsed: she has changed once.
        NotAllowed: it is not hers. Else as `change_track_of`.
    """
    rules.own_awards.require(by, award)
    held = _held(award)
    if held.track_id == track.pk:
        return held
    if not held.call.lets_change_on(clock.today(held.call.zone)):
        raise TooLateToChange
    if held.changed_track_at is not None:
        raise ChangeUsed
    held.changed_track_at = clock.now()
    return _move(held, track, by, "")


@action
def change_track_of(*, award: Award, track: Track, reason: str, by: Person) -> Award:
    """The same by the team, with a reason, after the last day too; it does not use up her own change.

    Raises:
        ReasonMissing: no reason, or one that is too long.
        NoSeatLeft: the track has none free.
        WishesNotValid: it is no track of the call.
        WrongState: she has not accepted, has completed her track or left it (of programmes, where that is why).
        NotOffered: the edition no longer runs that track.
        AlreadyEnrolled: she is enrolled in that track besides.
        NotAllowed: `by` may not award places there, or it is her own.
    """
    rules.reachable_awards.require(by, award)
    reason = reason_of(reason)
    held = _held(award)
    return held if held.track_id == track.pk else _move(held, track, by, reason)


def _held(award: Award) -> Award:
    """The award behind the locks of its seats and its application. Raises WrongState where she has not accepted."""
    lock_seats(award.call, award.region_id)  # seats first: see the lock order in seats.py
    application = Application.objects.select_for_update(of=("self",)).get(pk=award.application_id)
    if application.state != State.ACCEPTED:
        raise WrongState(application.state)
    return Award.objects.select_related("call__edition", "acceptance__enrolment").get(pk=award.pk)


def _move(award: Award, track: Track, by: Person, reason: str) -> Award:
    call = award.call
    if not call.has_several_tracks or all(track.pk != each.pk for each in call.tracks_offered):
        raise WishesNotValid
    before = award.track_id
    move_seat(call, source=before, target=track.pk)
    award.track = track
    award.save(update_fields=["track", "changed_track_at"])
    change_track(enrolment=award.acceptance.enrolment, track=track, by=by, reason=reason)
    record(
        AwardMoved(award=award.pk, call=call.pk, track_before=before, track=track.pk),
        by=by.pk,
        about=award.person_id,
        edition=call.edition_id,
    )
    return award

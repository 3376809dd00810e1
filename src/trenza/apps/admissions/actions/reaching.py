"""An offer reaches her: from then on her days to answer run."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Final

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.judging import State
from trenza.apps.admissions.errors import NotReachedThen, OfferExpired, WrongState
from trenza.apps.admissions.events import AwardReached
from trenza.apps.admissions.models import Application, Award
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.journal import action, record

_FIELDS: Final = ["reached_at", "reached_how", "reached_by", "expires_at"]
AT_LEAST: Final = timedelta(days=1)
"""Whatever day a call is logged with, she has so long from the moment of logging."""


@action
def note_seen(*, award: Award, by: Person) -> Award:
    """Her page showed her the offer. What is known already, or is answered, stays as it is.

    Raises:
        NotAllowed: it is not hers.
    """
    rules.own_awards.require(by, award)
    note_all_seen(awards=[award], by=by)
    return Award.objects.get(pk=award.pk)


@action
def note_all_seen(*, awards: Collection[Award], by: Person) -> None:
    """The same for several of hers; others are passed over. As many queries for one as for three."""
    keys = [each.application_id for each in awards]
    waiting = Application.objects.filter(pk__in=keys, person=by, state=State.AWARDED).order_by("pk")
    held = [each.pk for each in waiting.select_for_update(of=("self",))]
    now, found = clock.now(), Award.objects.filter(application__in=held, reached_at=None).select_related("call")
    seen = list(found.order_by("pk"))
    for each in seen:
        _set(each, Award.Reached.SEEN, now, None)
    Award.objects.bulk_update(seen, _FIELDS)
    for each in seen:
        _record(each, by)


@action
def note_offer_told(*, award: Award, on: date, by: Person) -> Award:
    """Somebody of the team told her on this day, as on the telephone.

    Her days are those after `on`, where the call is; she has one from the moment of logging at least.

    Raises:
        NotReachedThen: the day has not come, or lies before the offer.
        OfferExpired: her days are over.
        WrongState: she answered, or it was known before.
        NotAllowed: `by` may not award places there, or it is her own.
    """
    rules.reachable_awards.require(by, award)
    application, held = _held(award)
    if application.state == State.EXPIRED or held.has_expired_at(clock.now()):
        raise OfferExpired
    if application.state != State.AWARDED:
        raise WrongState(application.state)
    if held.reached_at is not None:
        raise WrongState("reached")
    zone, now = application.call.zone, clock.now()
    if not held.since.astimezone(zone).date() <= on <= now.astimezone(zone).date():
        raise NotReachedThen
    midday = datetime.combine(on, time(12), zone)
    _set(held, Award.Reached.TOLD, min(max(midday, held.since), now), by)
    held.save(update_fields=_FIELDS)
    _record(held, by)
    return held


def _set(award: Award, how: Award.Reached, at: datetime, told_by: Person | None) -> None:
    expires = award.call.answer_until(at)
    if expires is not None:
        expires = max(expires, clock.now() + AT_LEAST)
    award.reached_at, award.reached_how, award.reached_by, award.expires_at = at, how, told_by, expires


def _record(award: Award, by: Person) -> None:
    record(
        AwardReached(award=award.pk, how=award.reached_how),
        by=by.pk,
        about=award.person_id,
        edition=award.call.edition_id,
    )


def _held(award: Award) -> tuple[Application, Award]:
    """The application, locked, and the award as it stands behind that lock."""
    application = (
        Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=award.application_id)
    )
    return application, Award.objects.select_related("call").get(pk=award.pk)

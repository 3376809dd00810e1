"""Why somebody is on the list of whom to call: rules that a page can say in words. Pure: facts in, reasons out.

She is on it for *silence*, so many days without a lesson or a session; for *failures* and *absences*, so many in a row;
and because she was *promised* a call. Once somebody has talked with her she rests for some days, unless something
happened after that talk; who asked not to be called is not on it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Protocol

from trenza.apps.accompaniment.models import Attempt, Outcome, Thresholds
from trenza.apps.learning.api import Failures
from trenza.apps.sessions.api import Turnout

JUST_TRIED: Final = timedelta(hours=12)
"""So long after an attempt she stands behind the others."""


class Why(StrEnum):
    """What a reason is of; the most urgent first."""

    PROMISED = "promised"
    ABSENCES = "absences"
    FAILURES = "failures"
    SILENCE = "silence"


@dataclass(frozen=True)
class Reason:
    """`count` days, failures or absences, since a day; `latest` is when it last got a fact more. `about` names what she
    failed."""

    why: Why
    count: int
    since: date
    latest: datetime
    about: str = ""


class Limits(Protocol):
    """What `Thresholds` say."""

    silent_days: int
    failures: int
    absences: int
    quiet_days: int


@dataclass(frozen=True)
class Facts:
    """What is known of one enrolment: `active_on` is the last day (UTC) on which she did something, or could begin."""

    active_on: date
    failures: Sequence[Failures] = ()
    turnout: Turnout | None = None


def reasons_of(facts: Facts, limits: Limits, now: datetime) -> list[Reason]:
    """All that holds now, the most urgent first, whatever was tried."""
    found = [
        _absences(facts.turnout, limits),
        _failures(facts.failures, limits),
        _silence(facts.active_on, limits, now),
    ]
    return [each for each in found if each is not None]


def standing(reasons: Sequence[Reason], last: Attempt | None, limits: Limits, now: datetime) -> list[Reason]:
    """Those of these for which she is called now, `last` being the last attempt to reach her."""
    if last is None or last.outcome == Outcome.NOT_AGAIN:
        return list(reasons) if last is None else []
    new = [each for each in reasons if each.latest > last.moment]
    if last.outcome == Outcome.CALL_BACK and last.call_back_on is not None:
        if last.call_back_on > now.astimezone(UTC).date():
            return new
        return [Reason(Why.PROMISED, 0, last.call_back_on, last.moment), *reasons]
    if last.outcome == Outcome.REACHED and now < last.moment + timedelta(days=limits.quiet_days):
        return new
    return list(reasons)


def urgency(reasons: Collection[Reason], last: Attempt | None, now: datetime) -> tuple[bool, bool, int, date]:
    """By this a list is ordered: who was promised a call first, then who has more reasons, then the oldest; whom
    somebody tried just now stands behind."""
    promised = any(each.why == Why.PROMISED for each in reasons)
    tried = last is not None and last.moment > now - JUST_TRIED
    return (tried and not promised, not promised, -len(reasons), min(each.since for each in reasons))


def merged(reasons: Collection[Reason]) -> list[Reason]:
    """Of several enrolments of one person: of each sort the one that counts most."""
    best: dict[Why, Reason] = {}
    for each in reasons:
        if each.why not in best or each.count > best[each.why].count:
            best[each.why] = each
    return [best[why] for why in Why if why in best]


def usual() -> Limits:
    """What holds for a programme whose definition was loaded before it could say."""
    return Thresholds()


def _silence(active_on: date, limits: Limits, now: datetime) -> Reason | None:
    days = (now.astimezone(UTC).date() - active_on).days
    if days < limits.silent_days:
        return None
    latest = datetime.combine(active_on + timedelta(days=limits.silent_days), time(), UTC)
    return Reason(Why.SILENCE, days, active_on, latest)


def _failures(failures: Sequence[Failures], limits: Limits) -> Reason | None:
    enough = [each for each in failures if each.count >= limits.failures]
    if not enough:
        return None
    last = max(enough, key=lambda each: (each.latest, each.count))
    return Reason(Why.FAILURES, last.count, last.since.astimezone(UTC).date(), last.latest, last.title)


def _absences(turnout: Turnout | None, limits: Limits) -> Reason | None:
    if turnout is None or len(turnout.absent) < limits.absences:
        return None
    return Reason(Why.ABSENCES, len(turnout.absent), turnout.absent[0].day, turnout.absent[-1].at)

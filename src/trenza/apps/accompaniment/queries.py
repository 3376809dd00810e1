"""What others may ask accompaniment."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from trenza.apps.accompaniment import rules
from trenza.apps.accompaniment.models import Attempt, AttemptNote, Inquiry, Outcome, Reply, Thresholds
from trenza.apps.accompaniment.reasons import Facts, Limits, Reason, merged, reasons_of, standing, urgency, usual
from trenza.apps.learning.api import Failures, failures_in_a_row, last_learned
from trenza.apps.people.api import Person, phones_of
from trenza.apps.programmes.api import Enrolment, EnrolmentChange, courses_of
from trenza.apps.sessions.api import Turnout, turnouts
from trenza.core import clock
from trenza.core.journal import names_of
from trenza.core.words import words_of

MOST_ACCOMPANIED: Final = 1_000
"""Beyond that they are no group: the newest are looked at, and the list says so."""
MOST_FOUND: Final = 5
MOST_LOOKED_AT: Final = 200
SHORTEST_WORD: Final = 4
"""Of a question; shorter ones say nothing, where there are longer ones."""
LATEST_ATTEMPTS: Final = 3


@dataclass(frozen=True)
class Tried:
    """An attempt to reach her, who made it, and what she wrote down."""

    attempt: Attempt
    by: str
    note: str


@dataclass(frozen=True)
class ToCall:
    """Somebody to call: why, in which enrolments, and the last attempts, the newest first. `phones` and `tried` are
    filled in for those that a page shows."""

    person: Person
    enrolments: tuple[Enrolment, ...]
    reasons: tuple[Reason, ...]
    phones: tuple[str, ...] = ()
    tried: tuple[Tried, ...] = ()


@dataclass(frozen=True)
class CallList:
    """Whom to call, the most urgent first; `total` are all of them. `cut` says that the viewer accompanies more than
    were looked at."""

    lines: tuple[ToCall, ...]
    total: int
    cut: bool


def call_list(viewer: Person, *, most: int) -> CallList:
    """Whom the viewer should call now: the first `most` of them, with their numbers and what was tried. As many queries
    for one as for a thousand."""
    waiting = _waiting(viewer)
    shown = waiting.lines[:most]
    persons = [each.person.pk for each in shown]
    phones = phones_of(persons)
    tried = _tried({each.person.pk: [row.edition_id for row in each.enrolments] for each in shown}, LATEST_ATTEMPTS)
    lines = tuple(
        ToCall(
            each.person,
            each.enrolments,
            each.reasons,
            tuple(phones.get(each.person.pk, ())),
            tuple(tried.get(each.person.pk, ())),
        )
        for each in shown
    )
    return CallList(lines, waiting.total, waiting.cut)


def how_many_to_call(viewer: Person) -> int:
    """How many wait for a call of the viewer's."""
    return _waiting(viewer).total


@dataclass(frozen=True)
class Accompanied:
    """A woman as whoever accompanies her sees her: the enrolments that are hers to see, the reasons to call her now,
    her numbers, and every attempt in these editions, the newest first."""

    person: Person
    enrolments: tuple[Enrolment, ...]
    reasons: tuple[Reason, ...]
    phones: tuple[str, ...]
    tried: tuple[Tried, ...]

    @property
    def asks_not_to_be_called(self) -> bool:
        """Whether she said so when somebody last tried."""
        return bool(self.tried) and self.tried[0].attempt.outcome == Outcome.NOT_AGAIN


def accompanied(viewer: Person, person: UUID) -> Accompanied | None:
    """A woman whom the viewer accompanies; None for any other."""
    rows = rules.accompanied_enrolments.which(viewer).filter(person=person)
    enrolments = tuple(rows.select_related("person", "track", "edition__programme").order_by("-enrolled_at", "-id"))
    if not enrolments:
        return None
    editions = [each.edition_id for each in enrolments]
    return Accompanied(
        enrolments[0].person,
        enrolments,
        next((each.reasons for each in _lines(enrolments)), ()),
        tuple(phones_of([person]).get(person, ())),
        tuple(_tried({person: editions}).get(person, ())),
    )


def accompanied_by(viewer: Person, words: str = "") -> QuerySet[Enrolment]:
    """The enrolments of women whom the viewer accompanies, by name: all, or those in whose names each of these words
    stands. Who completed her track is among them."""
    rows = rules.accompanied_enrolments.which(viewer)
    for word in words_of(words):
        rows = rows.filter(person__search_text__contains=word)
    return rows.select_related("person", "track", "edition__programme").order_by(
        "person__search_text", "-enrolled_at", "id"
    )


def inquiries_of(person: Person) -> QuerySet[Inquiry]:
    """What she asked, with every answer, the newest first."""
    hers = rules.own_inquiries.which(person).select_related("session", "edition__programme")
    return hers.prefetch_related("replies").order_by("-asked_at", "-id")


with_answer: Final = Exists(Reply.objects.filter(inquiry=OuterRef("pk")))
"""The condition that somebody answered an inquiry."""


def answered_at(inquiries: Collection[UUID]) -> dict[UUID, datetime]:
    """When each of these was answered last; without those that wait. One query."""
    rows = Reply.objects.filter(inquiry__in=inquiries).order_by()
    return dict(rows.values_list("inquiry").annotate(last=Max("at")))


def replies_of(inquiry: Inquiry) -> QuerySet[Reply]:
    """Every answer to it, the oldest first, with who gave it."""
    return inquiry.replies.select_related("by").order_by("at", "id")


def find_replies(viewer: Person, text: str) -> list[Reply]:
    """The answers in which half of these words stand at least, those with the most first, then the newest. Two
    queries, none without words."""
    words = words_of(text)
    wanted = {word for word in words if len(word) >= SHORTEST_WORD} or set(words)
    if not wanted:
        return []
    some = Q()
    for word in wanted:
        some |= Q(search_text__contains=word)
    rows = rules.findable_replies.which(viewer).filter(some).order_by("-at", "-id")[:MOST_LOOKED_AT]
    found = [(sum(word in row.search_text for word in wanted), row) for row in rows]
    enough = [each for each in found if 2 * each[0] >= len(wanted)]
    return [row for _, row in sorted(enough, key=lambda each: -each[0])[:MOST_FOUND]]


def _waiting(viewer: Person) -> CallList:
    active = Q(state=Enrolment.State.ACTIVE) | Q(state=Enrolment.State.PAUSED, paused_until__lt=_today())
    running = Q(edition__retired_at=None, edition__starts_on__lte=_today(), edition__ends_on__gte=_today())
    rows = rules.accompanied_enrolments.which(viewer).filter(active & running)
    related = rows.select_related("person").prefetch_related("track", "edition__programme")
    related = related.order_by("-enrolled_at", "-id")
    enrolments = list(related[: MOST_ACCOMPANIED + 1])
    lines = _lines(enrolments[:MOST_ACCOMPANIED])
    return CallList(tuple(lines), len(lines), len(enrolments) > MOST_ACCOMPANIED)


def _lines(enrolments: Sequence[Enrolment]) -> list[ToCall]:
    """Those of these women who are called now, in order. Nineteen queries at most, however many there are."""
    now = clock.now()
    today = _today()
    current = [each for each in enrolments if each.state_on(today) == Enrolment.State.ACTIVE]
    if not current:
        return []
    limits = _limits({each.edition.programme_id for each in current})
    facts = _facts(current, least=min(each.failures for each in limits.values()))
    last = _last_attempts(current)
    found: dict[UUID, list[tuple[Enrolment, list[Reason]]]] = defaultdict(list)
    latest: dict[UUID, Attempt] = {}
    for enrolment in current:
        bounds, person = limits[enrolment.edition.programme_id], enrolment.person_id
        tried = last.get((enrolment.edition_id, person))
        reasons = standing(reasons_of(facts[enrolment.pk], bounds, now), tried, bounds, now)
        if tried and (person not in latest or latest[person].moment < tried.moment):
            latest[person] = tried
        if reasons:
            found[person].append((enrolment, reasons))
    lines = [
        ToCall(
            rows[0][0].person, tuple(row for row, _ in rows), tuple(merged([each for _, some in rows for each in some]))
        )
        for rows in found.values()
    ]
    return sorted(
        lines, key=lambda line: (urgency(line.reasons, latest.get(line.person.pk), now), line.person.name.casefold())
    )


def _limits(programmes: Collection[UUID]) -> Mapping[UUID, Limits]:
    said = {row.programme_id: row for row in Thresholds.objects.filter(programme__in=programmes)}
    return {programme: said.get(programme) or usual() for programme in programmes}


def _facts(enrolments: Sequence[Enrolment], *, least: int) -> dict[UUID, Facts]:
    persons = {each.person_id for each in enrolments}
    learned = last_learned(persons)
    came = turnouts(persons, {each.edition_id for each in enrolments})
    returned = _returned(enrolments)
    failed = failures_in_a_row(persons, least=least)
    courses = {
        track: {course for asked in modules.values() for course in asked}
        for track, modules in courses_of({each.track_id for each in enrolments}).items()
    }
    return {
        each.pk: Facts(
            _active_on(each, learned.get(each.person_id), came.get((each.edition_id, each.person_id)), returned),
            _of_track(failed.get(each.person_id, ()), courses[each.track_id]),
            came.get((each.edition_id, each.person_id)),
        )
        for each in enrolments
    }


def _active_on(
    enrolment: Enrolment, learned: date | None, turnout: Turnout | None, returned: Mapping[UUID, datetime]
) -> date:
    """The last day of a lesson or a session; or the day on which she enrolled, it began, or a rest of hers ended."""
    days = [enrolment.enrolled_at.astimezone(UTC).date(), enrolment.edition.starts_on]
    days += [day for day in (learned, enrolment.paused_until) if day is not None]
    if turnout is not None and turnout.last_came is not None:
        days.append(turnout.last_came.at.astimezone(UTC).date())
    if enrolment.pk in returned:
        days.append(returned[enrolment.pk].astimezone(UTC).date())
    return max(days)


def _of_track(failures: Iterable[Failures], courses: Collection[str]) -> tuple[Failures, ...]:
    """Only in courses of hers that belong to the track: what she does elsewhere is not this trainer's."""
    return tuple(each for each in failures if each.course in courses)


def _returned(enrolments: Sequence[Enrolment]) -> dict[UUID, datetime]:
    changes = EnrolmentChange.objects.filter(enrolment__in=enrolments, state=EnrolmentChange.State.RETURNED)
    return dict(changes.order_by().values_list("enrolment").annotate(at=Max("at")))


def _last_attempts(enrolments: Sequence[Enrolment]) -> dict[tuple[UUID | None, UUID], Attempt]:
    """By edition and person. What was tried in another edition is another team's."""
    rows = Attempt.objects.filter(
        person__in={each.person_id for each in enrolments}, edition__in={each.edition_id for each in enrolments}
    )
    return {(row.edition, row.person): row for row in rows.order_by("moment", "device", "sequence")}


def _tried(editions: Mapping[UUID, Collection[UUID]], most: int | None = None) -> dict[UUID, list[Tried]]:
    """The attempts to reach each of these persons in these editions, the newest first. Three queries."""
    wanted = {edition for some in editions.values() for edition in some}
    rows = Attempt.objects.filter(person__in=editions, edition__in=wanted).order_by("-moment", "device", "-sequence")
    attempts: dict[UUID, list[Attempt]] = defaultdict(list)
    for row in rows:
        if row.edition in editions[row.person] and (most is None or len(attempts[row.person]) < most):
            attempts[row.person].append(row)
    notes = {(row.device, row.sequence): row.text for row in AttemptNote.objects.filter(person__in=names_of(attempts))}
    names = Person.objects.in_bulk({row.by for some in attempts.values() for row in some if row.by})
    return {
        person: [
            Tried(row, names[row.by].name if row.by in names else "", notes.get((row.device, row.sequence), ""))
            for row in some
        ]
        for person, some in attempts.items()
    }


def _today() -> date:
    return clock.now().astimezone(UTC).date()

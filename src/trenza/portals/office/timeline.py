"""What has happened to a person, or to one row, from the journal: what the viewer may see of it, in words.

An entry is shown when the viewer may read what it speaks of (`sentences.Seen`); of the rest no trace is left: no
number, no gap, no place in the order. Entries stand in the order in which they came here, the newest first, grouped by
the day on which they came: a device's clock may be wrong. Where it differs by much, both moments are said.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trenza.apps.accompaniment.api import readable_inquiries
from trenza.apps.admissions.api import Call, readable_applications, readable_calls, shared_zone
from trenza.apps.credentials.api import readable_credentials
from trenza.apps.learning.api import ExamSubmitted, Lesson, QuestionAnswered, not_counting
from trenza.apps.people.api import Permission, Person, own_imports, reach_of, read_person, readable_grants
from trenza.apps.places.api import read_centre
from trenza.apps.programmes.api import Enrolment, Module, came_after_the_end, visible_enrolments
from trenza.apps.sessions.api import readable_sessions, sessions_about
from trenza.core.journal import Event, Line, Observation, Wanted, corrected, page_about
from trenza.portals.office.naming import Names, city_of
from trenza.portals.office.sentences import TELLINGS, Seen, sentence

PAGE = 50
MUCH = timedelta(minutes=15)
"""From here on the device's clock and ours differ by so much that both are said."""
LATE = timedelta(days=1)
MOST_OF_A_ROW = 200
_REPEATED: tuple[type[Event], ...] = (QuestionAnswered,)
"""Kinds of which several in a row, of the same thing, are told once with their number."""


@dataclass(frozen=True)
class Told:
    """One entry, or several alike in a row: `times`. `at` is when it came here, in the zone of her programmes."""

    position: int
    sentence: str
    who: str
    at: datetime
    notes: tuple[str, ...] = ()
    times: int = 1


@dataclass(frozen=True)
class Day:
    """What came on one day."""

    day: date
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Timeline:
    """A page of it: the newest day first; the positions to ask for the next pages, where there are any."""

    days: tuple[Day, ...]
    zone: ZoneInfo
    older: int | None = None
    newer: int | None = None

    @property
    def city(self) -> str:
        """Where its hours are those of the clock."""
        return city_of(self.zone.key)

    def __iter__(self) -> Iterator[Told]:
        """Every entry of the page."""
        return (told for day in self.days for told in day.told)


def timeline_of(
    person: Person, viewer: Person, *, before: int | None = None, after: int | None = None, limit: int = PAGE
) -> Timeline:
    """What the viewer may see of what happened to this person: the newest page, or that before or after a position.

    A fixed number of queries whatever there is: one for each sort of thing that the page names.
    """
    visible = Visible(person, viewer)
    lines = page_about(person.pk, visible.wanted(), before=before, after=after, limit=limit + 1)
    more = len(lines) > limit
    if after is not None:
        shown, older, newer = lines[-limit:], True, more
    else:
        shown, older, newer = lines[:limit], more, before is not None
    return Timeline(
        tuple(_days(shown, viewer, visible.zone)),
        visible.zone,
        older=shown[-1].position if shown and older else None,
        newer=shown[0].position if shown and newer else None,
    )


def history_of(
    ids: Collection[UUID],
    *,
    person: Person | None,
    viewer: Person,
    limit: int = MOST_OF_A_ROW,
    seen: Collection[Seen] | None = None,
    zone: ZoneInfo | None = None,
) -> Timeline:
    """What happened to the rows of these ids, as far as the viewer may see it; the newest first.

    `person` is whose rows they are (an application and its award, an enrolment and its credentials), None for rows of
    nobody: a call, a programme, a version of a course. `seen` narrows it to what these rows make readable, so that
    nobody asks for others; `zone` is where its hours are those of the clock.
    """
    visible = Visible(person, viewer, frozenset(ids), seen, zone)
    lines = page_about(person.pk if person else None, visible.wanted(), limit=limit)
    return Timeline(tuple(_days(lines, viewer, visible.zone)), visible.zone)


class Visible:
    """Which entries about a person a viewer may see, as a condition on the journal; `only` narrows it to these ids."""

    def __init__(
        self,
        person: Person | None,
        viewer: Person,
        only: frozenset[UUID] | None = None,
        seen: Collection[Seen] | None = None,
        zone: ZoneInfo | None = None,
    ) -> None:
        self.person, self.viewer, self.only = person, viewer, only
        self.seen = seen or (OF_NOBODY if person is None else OF_SOMEBODY)
        self.enrolments: list[Enrolment] = []
        self.applications: list[tuple[UUID, UUID | None, UUID]] = []
        if person is not None:
            self.enrolments = list(visible_enrolments.which(viewer).filter(person=person))
            hers = readable_applications.which(viewer).filter(person=person)
            self.applications = list(hers.values_list("pk", "award", "call__edition"))
            editions = {each.edition_id for each in self.enrolments} | {row[2] for row in self.applications}
            self.zone = shared_zone(Call.objects.filter(edition__in=editions)) if editions else ZoneInfo("UTC")
        elif zone is not None:
            self.zone = zone
        else:
            self.zone = shared_zone(readable_calls.which(viewer).filter(pk__in=only or ()))

    @cached_property
    def reads_her(self) -> bool:
        """Whether the viewer may read the person as such."""
        return self.person is not None and read_person.allows(self.viewer, self.person)

    def wanted(self) -> list[Wanted]:
        """The kinds that she may see, each with the ids that it may name."""
        kinds: dict[Seen, list[str]] = {}
        for name, telling in TELLINGS.items():
            kinds.setdefault(telling.seen, []).append(name)
        found = []
        for seen, names in kinds.items():
            if seen in self.seen:
                found.append(self._wanted(seen, names))
        return [each for each in found if each]

    def _wanted(self, seen: Seen, names: Collection[str]) -> Wanted | None:
        if seen is Seen.PERSON:
            return Wanted(names) if self.only is None and self.reads_her else None
        ids = _IDS[seen](self)
        return Wanted(names, seen.value, ids if self.only is None else ids & self.only)


def _lessons(visible: Visible) -> set[UUID]:
    """The lessons of courses that a track of hers asks for, among her enrolments that the viewer sees."""
    tracks = {each.track_id for each in visible.enrolments}
    courses = Module.objects.filter(track__in=tracks, course__gt="").values_list("course", flat=True)
    asked = Q(version__course__code__in=set(courses))
    if visible.reads_her:
        asked |= Q(version__course__optional=True)
    return set(Lesson.objects.filter(asked).values_list("pk", flat=True))


def _of_person(rule: Callable[[Person], QuerySet[Any]]) -> Callable[[Visible], set[UUID]]:
    return lambda visible: set(rule(visible.viewer).filter(person=visible.person).values_list("pk", flat=True))


def _programmes(visible: Visible) -> set[UUID]:
    """Programmes whose calls she may read; all that are asked for, if she reads everything."""
    reach = reach_of(visible.viewer, Permission.CALL_READ)
    return set(visible.only or ()) if reach.everything else set(reach.ids("programme"))


def _sessions(visible: Visible) -> set[UUID]:
    """Sessions that the viewer reads: in which the person has a part, or those that are asked for."""
    about = sessions_about(visible.person.pk) if visible.person else set(visible.only or ())
    return set(readable_sessions.which(visible.viewer).filter(pk__in=about).values_list("pk", flat=True))


_IDS: Mapping[Seen, Callable[[Visible], set[UUID]]] = {
    Seen.APPLICATION: lambda visible: {application for application, _award, _edition in visible.applications},
    Seen.AWARD: lambda visible: {award for _application, award, _edition in visible.applications if award},
    Seen.CREDENTIAL: _of_person(readable_credentials.which),
    Seen.ENROLMENT: lambda visible: {each.pk for each in visible.enrolments},
    Seen.GRANT: _of_person(readable_grants.which),
    Seen.LESSON: _lessons,
    Seen.CALL: lambda visible: set(
        readable_calls.which(visible.viewer).filter(pk__in=visible.only or ()).values_list("pk", flat=True)
    ),
    Seen.IMPORT: lambda visible: set(own_imports.which(visible.viewer).values_list("pk", flat=True)),
    Seen.PROGRAMME: _programmes,
    Seen.CENTRE: lambda visible: set(
        read_centre.which(visible.viewer).filter(pk__in=visible.only or ()).values_list("pk", flat=True)
    ),
    Seen.COURSE: lambda visible: set(visible.only or ()),
    Seen.INQUIRY: lambda visible: set(
        readable_inquiries.which(visible.viewer).filter(pk__in=visible.only or ()).values_list("pk", flat=True)
    ),
    Seen.SESSION: _sessions,
}
OF_NOBODY = frozenset({Seen.CALL, Seen.IMPORT, Seen.PROGRAMME, Seen.COURSE, Seen.SESSION})
OF_SOMEBODY = frozenset(Seen) - OF_NOBODY - {Seen.CENTRE, Seen.INQUIRY} | {Seen.SESSION}


def _days(lines: Collection[Line], viewer: Person, zone: ZoneInfo) -> Iterator[Day]:
    told = list(_told(lines, viewer, zone))
    for day, group in groupby(told, key=lambda each: each.at.date()):
        yield Day(day, tuple(group))


def _told(lines: Collection[Line], viewer: Person, zone: ZoneInfo) -> Iterator[Told]:
    names = Names(lines, viewer)
    mended = corrected(lines)
    disordered = set(_out_of_order(lines))
    beyond = _attempts_beyond(lines)
    said = [
        (
            line,
            Told(
                position=line.position or 0,
                sentence=sentence(line, names),
                who=names.who(line),
                at=(line.recorded_at or line.happened_at).astimezone(zone),
                notes=(
                    *_arrival(line, names, zone),
                    *_notes(line, mended=mended, disordered=line.position in disordered, beyond=beyond),
                ),
            ),
        )
        for line in lines
    ]
    for _key, group in groupby(said, key=lambda each: _alike(*each)):
        (_line, first), *others = group
        yield Told(first.position, first.sentence, first.who, first.at, first.notes, 1 + len(others))


def _alike(line: Line, told: Told) -> tuple[Any, ...]:
    """The same for entries that are told once together."""
    if isinstance(line.event, _REPEATED):
        return (line.kind, told.sentence, told.who, told.at.date(), told.notes)
    return (told.position,)


def _arrival(line: Line, names: Names, zone: ZoneInfo) -> Iterator[str]:
    """When it was noted and when it came: by the device's clock, late, or after the end of its edition."""
    received = line.recorded_at or line.happened_at

    def said(moment: datetime) -> str:
        return date_format(moment.astimezone(zone), "SHORT_DATETIME_FORMAT")

    if not isinstance(line.event, Observation):
        if received - line.happened_at > MUCH:
            yield _("It counts as of %(moment)s.") % {"moment": said(line.happened_at)}
        return
    after = names.found("edition", line.edition) and came_after_the_end(names.of("edition", line.edition, 2), received)
    if after:
        yield _("It arrived on %(received)s (done on %(done)s), after the end of the edition.") % {
            "received": said(received),
            "done": said(line.moment),
        }
    if abs(received - line.happened_at) > MUCH and not (after and line.moment == line.happened_at):
        yield _("Noted on %(noted)s, received on %(received)s.") % {
            "noted": said(line.happened_at),
            "received": said(received),
        }
        if line.happened_at > received:
            yield _("The device's clock was ahead.")
        elif received - line.happened_at > LATE:
            yield _("It came late.")


def _attempts_beyond(lines: Collection[Line]) -> set[tuple[UUID, datetime]]:
    """The exams and moments of attempts that do not count. A query where exams are told of, and none elsewhere."""
    exams = [line for line in lines if isinstance(line.event, ExamSubmitted)]
    people = {line.person for line in exams if line.person}
    lessons = {line.event.lesson for line in exams if isinstance(line.event, ExamSubmitted)}
    return {each for person in people for each in not_counting(person, lessons)}


def _notes(
    line: Line, *, mended: Collection[tuple[UUID, int]], disordered: bool, beyond: Collection[tuple[UUID, datetime]]
) -> Iterator[str]:
    """What else is to be known of an entry: attempts, order, corrections."""
    if isinstance(line.event, ExamSubmitted) and (line.event.lesson, line.moment) in beyond:
        yield _("It does not count: it was one attempt too many that day.")
    if disordered:
        yield _("It came after others that the same device had noted later.")
    if line.corrects:
        yield _("It corrects an earlier note.")
    if (line.device, line.sequence) in mended:
        yield _("It was corrected afterwards.")


def _out_of_order(lines: Collection[Line]) -> Iterator[int | None]:
    """Positions of what a device sent after something that it had noted later, within the page.

    Only observations: what a worker does is numbered by its cause and done in any order.
    """
    latest: dict[UUID, int] = {}
    for line in sorted(lines, key=lambda each: each.position or 0):
        if line.device and line.sequence and isinstance(line.event, Observation):
            if line.sequence < latest.get(line.device, 0):
                yield line.position
            latest[line.device] = max(line.sequence, latest.get(line.device, 0))

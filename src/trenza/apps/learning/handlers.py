"""Reactions: a course completed meets the requirements that ask for it, once their modules are unlocked."""

from collections.abc import Callable, Collection, Sequence
from typing import Final
from uuid import UUID

from trenza.apps.learning import catalogue, projections
from trenza.apps.learning.events import CoursePublished, ExamSubmitted, LessonCompleted, QuestionAnswered
from trenza.apps.learning.models import CourseProgress, CourseVersion
from trenza.apps.people import events as people_events
from trenza.apps.programmes import api as programmes
from trenza.apps.programmes import events as programme_events
from trenza.core.journal import Line, bulk_reaction, witness

_LEARNED: Final = (LessonCompleted, QuestionAnswered, ExamSubmitted)


def register() -> None:
    """Everything that this app adds to the journal: its projections, reactions and witnesses."""
    projections.register()
    witness(CourseVersion, CoursePublished, "version")
    bulk_reaction("learning.requirements", *_LEARNED, select=_that_complete)(_meet_requirements)
    # Work done before its module was unlocked, or before she enrolled, counts as soon as it may.
    # So does what she had done under another name.
    follows = (
        programme_events.Enrolled,
        programme_events.TrackChanged,
        programme_events.RequirementFulfilled,
        people_events.PersonsMerged,
    )
    bulk_reaction("learning.unlocked", *follows, select=_with_a_course)(_meet_requirements)


def _that_complete(lines: Sequence[Line]) -> Sequence[Line]:
    """The last entry for each person and version that completes what a module of hers still asks for: one is enough."""
    awaited = _awaited({line.person for line in lines if line.person})
    if not awaited:
        return []
    lessons = catalogue.known({line.event.lesson for line in lines if isinstance(line.event, _LEARNED)})
    last: dict[tuple[UUID, UUID], Line] = {}
    for line in lines:
        if line.person and isinstance(line.event, _LEARNED) and line.event.lesson in lessons:
            key = (line.person, lessons[line.event.lesson].version)
            if key in awaited:
                last[key] = line
    return list(last.values())


def _with_a_course(lines: Sequence[Line]) -> Sequence[Line]:
    """Those about a person who has completed a course that a module of hers still asks for."""
    persons = {person for person, _ in _awaited({line.person for line in lines if line.person})}
    return [line for line in lines if line.person in persons]


def _awaited(persons: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """(person, version) for each completed version whose course a module of hers still asks for. Five queries."""
    complete = list(
        CourseProgress.objects.filter(person__in=persons, completed_at__isnull=False).values_list("person", "version")
    )
    if not complete:
        return set()
    course_of = {version: catalogue.version(version).course for _, version in complete}
    asked = programmes.asked_of({person for person, _ in complete})
    return {(person, version) for person, version in complete if (person, course_of[version]) in asked}


def _meet_requirements(lines: Sequence[Line]) -> Callable[[Line], None]:
    """What she completed meets the modules that are open to it; what these open, the entries of this bring back."""
    completed = _completed_courses({line.person for line in lines if line.person})
    found = programmes.open_to(completed)

    def meet(line: Line) -> None:
        for enrolment, module, course in found.get(line.person, []) if line.person else []:
            evidence = completed[enrolment.person_id][course]
            programmes.meet_requirement(enrolment=enrolment, module=module, evidence=evidence, by=None)

    return meet


def _completed_courses(persons: Collection[UUID]) -> dict[UUID, dict[str, UUID]]:
    """The courses that each of these persons completed, by code, each with the version."""
    courses: dict[UUID, dict[str, UUID]] = {}
    rows = CourseProgress.objects.filter(person__in=persons, completed_at__isnull=False)
    for person, version in rows.values_list("person", "version"):
        courses.setdefault(person, {})[catalogue.version(version).course] = version
    return courses

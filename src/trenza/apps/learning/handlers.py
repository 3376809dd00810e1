"""Reactions: a course completed meets the requirements that ask for it, once their modules are unlocked."""

from collections.abc import Sequence
from uuid import UUID

from trenza.apps.learning import catalogue, projections
from trenza.apps.learning.events import CoursePublished, LessonCompleted, QuestionAnswered
from trenza.apps.learning.models import CourseProgress, CourseVersion
from trenza.apps.people.api import Person
from trenza.apps.programmes import api as programmes
from trenza.apps.programmes import events as programme_events
from trenza.core.journal import Line, reaction, witness


def register() -> None:
    """Everything that this app adds to the journal: its projections, reactions and witnesses."""
    projections.register()
    witness(CourseVersion, CoursePublished, "version")
    reaction("learning.requirements", LessonCompleted, QuestionAnswered, select=_that_complete)(_meet_requirements)
    # Work done before its module was unlocked, or before she enrolled, counts as soon as it may.
    follows = (programme_events.Enrolled, programme_events.RequirementFulfilled)
    reaction("learning.unlocked", *follows, select=_with_a_course)(_meet_requirements)


def _that_complete(lines: Sequence[Line]) -> Sequence[Line]:
    """The last entry for each person and version that she has completed by now: one is enough."""
    persons = {line.person for line in lines if line.person}
    complete = set(
        CourseProgress.objects.filter(person__in=persons, completed_at__isnull=False).values_list("person", "version")
    )
    if not complete:
        return []
    lessons = catalogue.known(
        {line.event.lesson for line in lines if isinstance(line.event, (LessonCompleted, QuestionAnswered))}
    )
    last: dict[tuple[UUID, UUID], Line] = {}
    for line in lines:
        if line.person and isinstance(line.event, (LessonCompleted, QuestionAnswered)) and line.event.lesson in lessons:
            key = (line.person, lessons[line.event.lesson].version)
            if key in complete:
                last[key] = line
    return list(last.values())


def _with_a_course(lines: Sequence[Line]) -> Sequence[Line]:
    """Those about a person who has completed a course."""
    persons = {line.person for line in lines if line.person}
    found = CourseProgress.objects.filter(person__in=persons, completed_at__isnull=False)
    complete = set(found.values_list("person", flat=True))
    return [line for line in lines if line.person in complete]


def _meet_requirements(line: Line) -> None:
    person = Person.objects.filter(pk=line.person).first() if line.person else None
    if person is None:
        return
    for course, version in _completed_courses(person.id).items():
        for enrolment, module in programmes.modules_met_by(person, course):
            if programmes.is_unlocked(enrolment, module):
                programmes.meet_requirement(enrolment=enrolment, module=module, evidence=version, by=None)


def _completed_courses(person: UUID) -> dict[str, UUID]:
    """The courses that she completed, by code, each with the version."""
    rows = CourseProgress.objects.filter(person=person, completed_at__isnull=False).values_list("version", flat=True)
    return {catalogue.version(version).course: version for version in rows}

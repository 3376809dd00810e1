"""Where she is: one next step, and how far she is in each track. Every app is asked once, however much she has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from trenza.apps.learning.models import CourseVersion, Lesson
from trenza.apps.learning.queries import CourseState, course_states, published_courses
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, ModuleState, enrolments_of, module_states_of
from trenza.core import clock

Where = Literal["met", "finished", "open", "locked", "waiting", "missing"]
"""A module for her: met; *finished*, its course is done and the worker will count it in a moment; open; locked until
she has met others; *waiting* for a person to confirm it; *missing*, its course is not here yet."""


@dataclass(frozen=True)
class Step:
    """The one thing to do next: a lesson. `score` is her best (0 to 1) in an exam that she has handed in."""

    lesson: Lesson
    course: str
    begun: bool
    score: float | None = None


@dataclass(frozen=True)
class ModuleOnPath:
    """A module of her track, where she is in it (`passed` of `lessons` count) and what opens it."""

    state: ModuleState
    where: Where
    course: CourseState | None

    @property
    def name(self) -> str:
        return self.state.module.name

    @property
    def passed(self) -> int:
        return self.course.passed if self.course else 0

    @property
    def lessons(self) -> int:
        return len(self.course.lessons) if self.course else 0

    @property
    def step(self) -> Step | None:
        """Its next lesson, where it is open."""
        state = self.course.next_state if self.course and self.where == "open" else None
        if state is None:
            return None
        return Step(state.lesson, self.name, self.passed > 0, state.score)


@dataclass(frozen=True)
class Path:
    """One enrolment and its modules in order. `state` is what holds today: a pause that has run out is over."""

    enrolment: Enrolment
    state: str
    modules: tuple[ModuleOnPath, ...]

    @property
    def met(self) -> int:
        return sum(each.where == "met" for each in self.modules)

    @property
    def step(self) -> Step | None:
        """The next lesson: of the first open module that has one."""
        return next((each.step for each in self.modules if each.step), None)

    @property
    def current(self) -> ModuleOnPath | None:
        """The module that she is in: the first that asks something of her."""
        return next((each for each in self.modules if each.step), None)


@dataclass(frozen=True)
class OptionalCourse:
    """A course beside the programmes."""

    version: CourseVersion
    passed: int
    lessons: int
    state: CourseState


@dataclass(frozen=True)
class Learning:
    """Her enrolments and courses: what `learning_of` gathers for a page."""

    paths: tuple[Path, ...]
    optional: tuple[OptionalCourse, ...]

    @property
    def current(self) -> list[Path]:
        """What she is in, rests included; the newest first, what rests last."""
        return sorted(
            (path for path in self.paths if path.state in ("active", "paused")), key=lambda path: path.state == "paused"
        )

    @property
    def past(self) -> list[Path]:
        """What she completed or left."""
        return [path for path in self.paths if path.state in ("completed", "withdrawn")]

    @property
    def step(self) -> Step | None:
        """The one next step: of the newest enrolment that is not resting."""
        return next((path.step for path in self.current if path.state == "active" and path.step), None)


def learning_of(person: Person) -> Learning:
    """Everything that she learns. Nine queries."""
    enrolments = list(enrolments_of(person))
    states = module_states_of(enrolments)
    optional = published_courses(optional=True)
    codes = {state.module.course for each in states.values() for state in each if state.module.course}
    courses = course_states(person, codes | {version.course.code for version in optional})
    return Learning(
        tuple(_path(each, states[each.pk], courses, _today()) for each in enrolments),
        tuple(_optional(courses[version.course.code]) for version in optional),
    )


def _today() -> date:
    return clock.now().date()


def _path(enrolment: Enrolment, states: Sequence[ModuleState], courses: Mapping[str, CourseState], day: date) -> Path:
    return Path(
        enrolment,
        enrolment.state_on(day),
        tuple(
            ModuleOnPath(state, _where(state, courses.get(state.module.course)), courses.get(state.module.course))
            for state in states
        ),
    )


def _where(state: ModuleState, course: CourseState | None) -> Where:
    if state.met_at:
        return "met"
    if not state.unlocked:
        return "locked"
    if state.module.confirmed_by:
        return "waiting"
    if course is None:
        return "missing"
    return "finished" if course.next_lesson is None else "open"


def _optional(course: CourseState) -> OptionalCourse:
    return OptionalCourse(course.version, course.passed, len(course.lessons), course)

"""What others may ask programmes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from trenza.apps.people.api import Person
from trenza.apps.programmes.models import (
    DefinitionDraft,
    DefinitionVersion,
    EarnedFollowOn,
    Edition,
    Enrolment,
    Module,
    Programme,
    RequirementMet,
    Track,
)
from trenza.core import clock


@dataclass(frozen=True)
class ModuleState:
    """A module as one enrolment sees it. What is met is always unlocked.

    `opens_after` are the modules that lock it: all that it names, or in a track in order the last one in front.
    """

    module: Module
    met_at: datetime | None
    opens_after: tuple[Module, ...] = ()

    @property
    def unlocked(self) -> bool:
        """Whether her work on this module counts now."""
        return self.met_at is not None or not self.opens_after


def module_states(enrolment: Enrolment) -> list[ModuleState]:
    """The current modules of the enrolment's track in order, and retired ones that she has met. Three queries."""
    return module_states_of([enrolment])[enrolment.pk]


# Which courses each of these persons has completed, as far as this installation knows, and when.
CompletedHere = Callable[[Collection[UUID]], Mapping[UUID, Mapping[str, datetime]]]
_completed_here: list[CompletedHere] = []


def register_completed_here(completed: CompletedHere) -> None:
    """Register who knows on a hub which courses were completed: what is decided at the cell next week is taken there as
    decided, so that she can go on to her next module."""
    _completed_here.append(completed)


def module_states_of(enrolments: Sequence[Enrolment]) -> dict[UUID, list[ModuleState]]:
    """`module_states` of each of these enrolments, by its id. Three queries for all, if they have their tracks; on a
    hub those of `register_completed_here` besides."""
    met_at: dict[UUID, dict[UUID, datetime]] = {}
    met = RequirementMet.objects.filter(enrolment__in=enrolments)
    for enrolment_id, module_id, at in met.values_list("enrolment", "module", "met_at"):
        met_at.setdefault(enrolment_id, {})[module_id] = at
    modules: dict[UUID, list[Module]] = {}
    tracks = {enrolment.track_id for enrolment in enrolments}
    for module in Module.objects.filter(track__in=tracks).prefetch_related("opens_after"):
        modules.setdefault(module.track_id, []).append(module)
    courses = _courses_here({enrolment.person_id for enrolment in enrolments})
    return {
        each.pk: _states(each, modules.get(each.track_id, []), met_at.get(each.pk, {}), courses.get(each.person_id, {}))
        for each in enrolments
    }


def _courses_here(persons: Collection[UUID]) -> dict[UUID, dict[str, datetime]]:
    found: dict[UUID, dict[str, datetime]] = {}
    for completed in _completed_here if settings.IS_HUB else []:
        for person, courses in completed(persons).items():
            found.setdefault(person, {}).update(courses)
    return found


def _states(
    enrolment: Enrolment,
    modules: Sequence[Module],
    met: Mapping[UUID, datetime],
    courses: Mapping[str, datetime],
) -> list[ModuleState]:
    """`courses` are those that count before the cell has said so."""
    met_at = dict(met)
    in_order = enrolment.track.unlock == Track.Unlock.IN_ORDER
    states: list[ModuleState] = []
    missing: list[Module] = []  # current modules in front that she has not met
    for module in modules:
        if module.retired_at is not None and module.pk not in met_at:
            continue
        before = [each for each in module.opens_after.all() if each.retired_at is None]
        in_front = before or (missing[-1:] if in_order else [])
        locks = [each for each in in_front if each.pk not in met_at]
        if module.pk not in met_at and not locks and module.course in courses:
            met_at[module.pk] = courses[module.course]
        states.append(ModuleState(module, met_at.get(module.pk), tuple(locks)))
        if module.pk not in met_at:
            missing = [*missing, module]
    return states


def is_unlocked(enrolment: Enrolment, module: Module) -> bool:
    """Whether her work on this module counts now."""
    return any(state.unlocked for state in module_states(enrolment) if state.module.pk == module.pk)


def to_confirm(role: str) -> list[Module]:
    """The current modules that this role confirms, with their tracks and what opens them. Two queries."""
    modules = Module.objects.current().filter(confirmed_by=role, track__retired_at=None)
    return list(modules.select_related("track__programme").prefetch_related("opens_after"))


def awaiting(modules: Sequence[Module]) -> dict[Module, Q]:
    """For each module the condition that an enrolment is active, has it open and has not met it. One query.

    The same as `module_states` says of one enrolment, as a condition of the database: for numbers and lists.
    """
    in_order = [module.track_id for module in modules if module.track.unlock == Track.Unlock.IN_ORDER]
    others: dict[UUID, list[Module]] = {}
    for each in Module.objects.current().filter(track__in=in_order):
        others.setdefault(each.track_id, []).append(each)
    conditions = {}
    for module in modules:
        named = [each for each in module.opens_after.all() if each.retired_at is None]
        in_front = [each for each in others.get(module.track_id, []) if each.position < module.position]
        condition = in_state_on(Enrolment.State.ACTIVE, clock.today("UTC")) & Q(track=module.track_id) & ~_met(module)
        for needed in named or in_front:
            condition &= _met(needed)
        conditions[module] = condition
    return conditions


def in_state_on(state: str, day: date) -> Q:
    """`Enrolment.state_on(day) == state` as a condition of the database: a pause that has run out is active again."""
    over = Q(state=Enrolment.State.PAUSED, paused_until__lt=day)
    if state == Enrolment.State.ACTIVE:
        return Q(state=state) | over
    return Q(state=state) & ~over if state == Enrolment.State.PAUSED else Q(state=state)


def _met(module: Module) -> Q:
    return Q(Exists(RequirementMet.objects.filter(enrolment=OuterRef("pk"), module=module)))


def enrolments_of(person: Person) -> QuerySet[Enrolment]:
    """All her enrolments, the newest first, whatever their state: one history over all programmes."""
    return (
        Enrolment.objects.filter(person=person)
        .select_related("edition__programme", "track", "region", "completion")
        .order_by("-enrolled_at", "-id")
    )


def modules_met_by(person: Person, course: str, *, programme: str | None = None) -> list[tuple[Enrolment, Module]]:
    """Her enrolments whose track has a module that this course meets, with the module; the newest enrolment first.

    Withdrawn enrolments are among them: what she does is kept for her return.
    """
    asking = Module.objects.current().filter(Q(course=course) | Q(recognised__course=course)).distinct()
    enrolments = Enrolment.objects.filter(person=person, track__modules__in=asking).select_related(
        "edition__programme", "track"
    )
    if programme is not None:
        enrolments = enrolments.filter(edition__programme__code=programme)
    found = list(enrolments.order_by("-enrolled_at", "-id").distinct())
    modules: dict[UUID, list[Module]] = {}
    for module in asking.filter(track__in={each.track_id for each in found}):
        modules.setdefault(module.track_id, []).append(module)
    return [(enrolment, module) for enrolment in found for module in modules.get(enrolment.track_id, [])]


def editions_for(wanted: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], UUID]:
    """For each person and course the edition of her newest enrolment whose track has a module that the course meets;
    without those who have none. As `modules_met_by` finds it, in one query for all."""
    if not wanted:
        return {}
    enrolments = Enrolment.objects.filter(
        person__in={person for person, _ in wanted}, track__modules__retired_at__isnull=True
    ).order_by("-enrolled_at", "-id")
    courses = ("track__modules__course", "track__modules__recognised__course")
    found: dict[tuple[UUID, str], UUID] = {}
    for person, edition, course, recognised in enrolments.values_list("person", "edition", *courses):
        for met in (course, recognised):
            if met and (person, met) in wanted:
                found.setdefault((person, met), edition)
    return found


def editions_of(persons: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The editions in which each of these persons is or was enrolled. One query."""
    found: dict[UUID, set[UUID]] = {}
    for person, edition in Enrolment.objects.filter(person__in=persons).order_by().values_list("person", "edition"):
        found.setdefault(person, set()).add(edition)
    return found


def asked_of(persons: Collection[UUID]) -> set[tuple[UUID, str]]:
    """(person, course) for each course that would meet a module of hers, locked or not, that is not met yet.

    Four queries, however many persons there are.
    """
    enrolments = list(Enrolment.objects.filter(person__in=persons).order_by().values_list("pk", "person", "track"))
    courses = courses_of({track for _, _, track in enrolments})
    pks = {pk for pk, _, _ in enrolments}
    met = set(RequirementMet.objects.filter(enrolment__in=pks).order_by().values_list("enrolment", "module"))
    return {
        (person, course)
        for enrolment, person, track in enrolments
        for module, asked in courses.get(track, {}).items()
        if (enrolment, module) not in met
        for course in asked
    }


def open_to(courses: Mapping[UUID, Collection[str]]) -> dict[UUID, list[tuple[Enrolment, Module, str]]]:
    """What the courses that each person completed meet now: her enrolment, the module (current, unlocked, not met yet),
    and the course; the newest enrolment first.

    Withdrawn enrolments are among them: what she does is kept for her return. Six queries, however many there are.
    """
    enrolments = list(
        Enrolment.objects.filter(person__in=courses.keys()).select_related("track").order_by("-enrolled_at", "-id")
    )
    asked = courses_of({enrolment.track_id for enrolment in enrolments})
    states = module_states_of(enrolments)
    found: dict[UUID, list[tuple[Enrolment, Module, str]]] = {}
    for enrolment in enrolments:
        completed = courses[enrolment.person_id]
        for state in states[enrolment.pk]:
            meets = [each for each in asked[enrolment.track_id].get(state.module.pk, ()) if each in completed]
            if meets and state.met_at is None and state.unlocked:
                found.setdefault(enrolment.person_id, []).append((enrolment, state.module, meets[0]))
    return found


def courses_of(tracks: Collection[UUID]) -> dict[UUID, dict[UUID, list[str]]]:
    """By track and current module the courses that meet it: its own first, then those that it recognises. Two
    queries."""
    courses: dict[UUID, dict[UUID, list[str]]] = {track: {} for track in tracks}
    current = Module.objects.current().filter(track__in=tracks).order_by()
    for track, module, course in current.values_list("track", "pk", "course"):
        courses[track][module] = [course] if course else []
    recognised = current.exclude(recognised=None).order_by("recognised__course")
    for track, module, course in recognised.values_list("track", "pk", "recognised__course"):
        courses[track][module].append(course)
    return courses


def programmes() -> QuerySet[Programme]:
    """Every programme, by code."""
    return Programme.objects.all()


def current_editions(programme: Programme, *, today: date | None = None) -> QuerySet[Edition]:
    """Editions that have not ended, those that begin first in front. `today` defaults to the day in UTC."""
    day = today or clock.today("UTC")
    return programme.editions.current().filter(ends_on__gte=day).order_by("starts_on", "position")


def latest_version(programme: Programme) -> DefinitionVersion | None:
    """The version of its definition that holds."""
    return programme.versions.order_by("-number").first()


def draft_of(programme: Programme, person: Person) -> DefinitionDraft | None:
    """What she is making of the definition, with the version that she began with."""
    return DefinitionDraft.objects.filter(programme=programme, person=person).select_related("base").first()


def export_definition(programme: Programme) -> str:
    """The text of the definition that holds, in its canonical form: loading and exporting it gives it again.

    Raises:
        DefinitionVersion.DoesNotExist: none was loaded.
    """
    return programme.versions.latest("number").source


def earned_follow_ons(person: Person) -> Sequence[EarnedFollowOn]:
    """What she has earned by completing tracks, the newest first."""
    return list(
        EarnedFollowOn.objects.filter(enrolment__person=person)
        .select_related("follow_on", "enrolment__edition__programme")
        .order_by("-earned_at", "-id")
    )


def came_after_the_end(ends_on: date, received: datetime) -> bool:
    """Whether what arrived at this moment came after an edition that ends on this day, in UTC.

    It counts all the same: a phone without a signal is no reason to lose what was learned. It is only said.
    """
    return received.astimezone(UTC).date() > ends_on

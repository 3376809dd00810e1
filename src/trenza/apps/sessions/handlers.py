"""Reactions: a walk-in becomes a person who takes part; attending a workshop meets the module that it stands for."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from django.db.models import QuerySet

from trenza.apps.programmes import api as programmes
from trenza.apps.programmes import events as programme_events
from trenza.apps.programmes.api import Enrolment, Module
from trenza.apps.sessions import beside, projections
from trenza.apps.sessions.actions import admit_walk_in
from trenza.apps.sessions.events import AttendanceMarked, AttendanceSettled, SignedUp, WalkInCaptured
from trenza.apps.sessions.heads import standings
from trenza.apps.sessions.models import Mark, Session, Settlement, SignUp, WalkIn
from trenza.core.journal import Line, bulk_reaction, reaction, witness

_FOLLOWS = (programme_events.Enrolled, programme_events.TrackChanged, programme_events.RequirementFulfilled)


def register() -> None:
    """Everything that this app adds to the journal: projections, what travels beside, reactions and witnesses."""
    projections.register()
    beside.register()
    witness(SignUp, SignedUp, "sign_up")
    witness(Settlement, AttendanceSettled, "settlement")
    reaction("sessions.walk_ins", WalkInCaptured)(_admit)
    bulk_reaction("sessions.requirements", AttendanceMarked, AttendanceSettled, select=_of_workshops)(_meet)
    # Who attended before she was enrolled, or before the module was unlocked, has met it as soon as she may.
    bulk_reaction("sessions.unlocked", *_FOLLOWS, select=_who_attended)(_meet)


def _admit(line: Line) -> None:
    """Once: somebody may have seen to her meanwhile."""
    event = line.event
    if isinstance(event, WalkInCaptured):
        waiting = WalkIn.objects.filter(pk=event.walk_in, state=WalkIn.State.WAITING).first()
        if waiting is not None:
            admit_walk_in(walk_in=waiting.pk, by=None)


def _of_workshops(lines: Sequence[Line]) -> Sequence[Line]:
    """Those about sessions that meet a module. One query."""
    named = {line.event.session for line in lines if isinstance(line.event, AttendanceMarked | AttendanceSettled)}
    meeting = set(_meeting().filter(pk__in=named).values_list("pk", flat=True))
    return [
        line
        for line in lines
        if isinstance(line.event, AttendanceMarked | AttendanceSettled) and line.event.session in meeting
    ]


def _who_attended(lines: Sequence[Line]) -> Sequence[Line]:
    """Those about persons who were marked in a session that meets a module. One query."""
    persons = {line.person for line in lines if line.person}
    marked = Mark.objects.filter(person__in=persons, session__in=_meeting().values("pk"))
    found = set(marked.values_list("person", flat=True))
    return [line for line in lines if line.person in found]


def _meeting() -> QuerySet[Session]:
    return Session.objects.filter(workshop__module__isnull=False)


def _meet(lines: Sequence[Line]) -> Callable[[Line], None]:
    """What these persons attended meets the modules that are open to them. An attendance that is corrected later undoes
    nothing: what was met is met."""
    found = _open({line.person for line in lines if line.person})

    def meet(line: Line) -> None:
        for enrolment, module, session in found.get(line.person, []) if line.person else []:
            programmes.meet_requirement(enrolment=enrolment, module=module, evidence=session, by=None)

    return meet


def _open(persons: Collection[UUID]) -> dict[UUID, list[tuple[Enrolment, Module, UUID]]]:
    """For each person her enrolments and their modules, unlocked and not met, that a session which she attended meets.
    Eight queries, however many there are."""
    marked = Mark.objects.filter(person__in=persons, superseded=False).values("session")
    sessions = {session.pk: session for session in _meeting().filter(pk__in=marked).select_related("workshop__module")}
    attended: dict[UUID, list[Session]] = {}
    for (at, person), standing in standings(sessions, persons).items():
        if standing.came:
            attended.setdefault(person, []).append(sessions[at])
    enrolments = list(Enrolment.objects.filter(person__in=attended).select_related("track"))
    states = programmes.module_states_of(enrolments)
    found: dict[UUID, list[tuple[Enrolment, Module, UUID]]] = {}
    for enrolment in enrolments:
        open_now = {state.module.pk for state in states[enrolment.pk] if state.unlocked and state.met_at is None}
        for session in sorted(attended[enrolment.person_id], key=lambda each: (each.starts_at, each.pk)):
            module = session.workshop.module if session.workshop else None
            if module is not None and session.edition_id == enrolment.edition_id and module.pk in open_now:
                open_now.discard(module.pk)
                found.setdefault(enrolment.person_id, []).append((enrolment, module, session.pk))
    return found

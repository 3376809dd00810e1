"""A programme in two regions, with a coordinator of one: what she sees, and what lies outside her scope."""

from dataclasses import dataclass
from typing import Any

from tests.apps.admissions.examples import (
    a_call,
    a_person,
    a_programme,
    an_application,
    an_open_call,
    region_of,
    with_seats,
)
from tests.portals.office.people import staff
from trenza.apps.admissions.api import Application, Call
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, Module, enrol


@dataclass(frozen=True)
class Scene:
    """`here` lies in El Alto, where `coordinator` coordinates; `elsewhere` in Oruro."""

    call: Call
    coordinator: Person
    here: list[Any]
    elsewhere: list[Any]


def a_scene_call() -> Call:
    """A call in El Alto and Oruro, to a track of one course and one module that a trainer confirms."""
    call = a_call(a_programme())
    Module.objects.create(track=call.tracks_offered[0], code="uno", name="Uno", requirement_kind="course", course="uno")
    Module.objects.create(
        track=call.tracks_offered[0],
        code="taller",
        name="Taller",
        position=1,
        requirement_kind="confirmed",
        confirmed_by="trainer",
    )
    return with_seats(call, 3, el_alto=2)


def other_call() -> Call:
    """An open call of another programme, with a course that the first one does not have."""
    call = an_open_call(a_programme("otro"), name="Otra convocatoria")
    Module.objects.create(track=call.tracks_offered[0], code="dos", name="Dos", requirement_kind="course", course="dos")
    return call


def coordinator_of(call: Call, region: str = "el-alto") -> Person:
    """Coordinates one region."""
    return staff("coordinator", scope_kind="region", scope=region_of(call, region).pk)


def an_enrolment(call: Call, n: int, region: str = "el-alto", **details: Any) -> Enrolment:
    """Juana n, enrolled in this region."""
    return enrol(
        person=a_person(n, **details),
        edition=call.edition,
        track=call.tracks_offered[0],
        region=region_of(call, region),
        by=None,
    )


def enrolments() -> Scene:
    """One enrolment in each region."""
    call = a_scene_call()
    return Scene(call, coordinator_of(call), [an_enrolment(call, 1)], [an_enrolment(call, 2, "oruro")])


def applications() -> Scene:
    """One application in each region."""
    call = a_scene_call()
    here: list[Application] = [an_application(call, 1)]
    return Scene(call, coordinator_of(call), here, [an_application(call, 2, "oruro")])

"""A session of a small programme for tests: its trainer, and women who are enrolled."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.apps.programmes.examples import a_person, a_programme, an_enrolment
from trenza.apps.people.api import Person, grant_role
from trenza.apps.programmes.api import Enrolment, Programme
from trenza.apps.sessions.actions import open_session
from trenza.apps.sessions.models import Session, SessionTrainer, Workshop

MONDAY = datetime(2026, 3, 2, 14, tzinfo=UTC)
"""When the session of these tests begins. It takes two hours."""
BEFORE, AFTER = MONDAY - timedelta(days=1), MONDAY + timedelta(hours=3)


def a_trainer(programme: Programme, *, name: str = "Marta", role: str = "trainer", scope: str = "edition") -> Person:
    """Somebody with a role in the programme's edition, in another scope, or (`all`) everywhere."""
    person = a_person(name)
    ids = {"edition": programme.editions.get().pk, "region": programme.regions.get(code="norte").pk, "all": None}
    grant_role(person=person, role=role, scope_kind=scope, scope=ids[scope], by=None)
    return person


def a_session(programme: Programme | None = None, *, by: Person | None = None, **values: Any) -> Session:
    """A class on Monday; `by` gives it too."""
    programme = programme or a_programme()
    usual: dict[str, Any] = {
        "edition": programme.editions.get(),
        "track": programme.tracks.get(),
        "kind": "class",
        "starts_at": MONDAY,
        "minutes": 120,
        "time_zone": "America/La_Paz",
        "title": "Hojas de cálculo",
        "place": "Biblioteca",
    }
    session = open_session(**(usual | values), by=by)
    if by is not None:
        SessionTrainer.objects.get_or_create(session=session, person=by, defaults={"added_at": BEFORE})
    return session


def a_workshop(programme: Programme, *, module: str | None = "dos") -> Workshop:
    """A workshop of the definition that meets the module `dos`."""
    track = programme.tracks.get()
    return Workshop.objects.create(
        programme=programme,
        code="taller",
        name="Taller de redes",
        edition=programme.editions.get(),
        track=track,
        module=track.modules.get(code=module) if module else None,
        minutes=90,
        materials=["Proyector"],
    )


def women(programme: Programme, *names: str) -> list[Enrolment]:
    """Women who are enrolled in its edition."""
    return [an_enrolment(programme, person=a_person(name)) for name in names]


def ids(*people: Person | Enrolment) -> list[UUID]:
    return [each.person_id if isinstance(each, Enrolment) else each.pk for each in people]

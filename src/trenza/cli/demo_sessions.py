"""Sessions of the demonstration, so that a trainer finds something to do: one that was, one today, one to come."""

from datetime import timedelta
from typing import Final

from trenza.apps.people.api import Account
from trenza.apps.programmes.api import Edition, Enrolment
from trenza.apps.sessions import api as sessions
from trenza.core import clock

ZONE: Final = "America/Mexico_City"
WOMEN: Final = 8
PLANNED: Final = (
    (-1, "Taller: tu primer currículum", "Biblioteca del barrio, sala 2"),
    (0, "", "Biblioteca del barrio, sala 2"),
    (7, "Taller: una entrevista sin miedo", "Casa de la mujer"),
)
"""Days from now, title, place. Without a title it is the workshop that the edition's definition names."""
CAME: Final = ("present",) * 5 + ("late", "absent", "excused")


def ensure(programme: str, *, trainer: str) -> None:
    """Open the sessions in the programme's demonstration, once; nobody is there, nothing is opened."""
    edition = Edition.objects.filter(programme__code=programme, demonstration=True).first()
    account = Account.objects.filter(email=trainer).select_related("person").first()
    if edition is None or account is None or sessions.Session.objects.filter(edition=edition).exists():
        return
    enrolled = Enrolment.objects.filter(edition=edition, state=Enrolment.State.ACTIVE, person__synthetic=True)
    women = [each.person for each in enrolled.select_related("person").order_by("enrolled_at", "id")[:WOMEN]]
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    for days, title, place in PLANNED:
        session = sessions.open_session(
            edition=edition, kind="workshop", title=title, place=place, starts_at=hour + timedelta(days=days),
            workshop=None if title else edition.workshops.filter(retired_at=None).first(),
            minutes=120, time_zone=ZONE, capacity=20, given_by=account.person, by=None,
        )  # fmt: skip
        if days < 0:
            said = [sessions.Said(mark, "care" if mark == "excused" else "") for mark in CAME]
            marks = {person.pk: each for person, each in zip(women, said, strict=False)}
            sessions.mark_attendance(session=session, marks=marks, by=account.person)
        else:
            for person in women:
                sessions.sign_up(session=session, person=person, by=None)

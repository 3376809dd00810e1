"""Synthetic people of the demonstration: learners at different points of their way, and how they come in."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from bench.phone import Phone
from trenza.apps.credentials.api import Credential
from trenza.apps.people import api as people
from trenza.apps.programmes.api import Enrolment, Programme, Track, programmes


def learners() -> dict[str, str]:
    """For each programme somebody in each state of enrolment, and an applicant without one: address and description."""
    found: dict[str, str] = {}
    for programme in programmes():
        here = _of_participants().filter(edition__programme=programme)
        for state in Enrolment.State.values:
            enrolment = here.filter(state=state).order_by("-enrolled_at", "id").first()
            if enrolment:
                found[address_of(enrolment.person_id)] = f"a learner of {programme.code}, {state}"
        applicant = _without_enrolment(programme).exclude(person__in=people.RoleGrant.objects.values("person")).first()
        if applicant:
            found[address_of(applicant.person_id)] = f"an applicant of {programme.code}"
    return found


def trainers() -> dict[str, str]:
    """For each programme one of those who were made with its people: address and description."""
    found = {}
    for programme in programmes():
        granted = people.RoleGrant.objects.filter(role="trainer").values("person")
        trainer = _without_enrolment(programme).filter(person__in=granted).first()
        if trainer:
            found[address_of(trainer.person_id)] = f"a trainer of {programme.code}"
    return found


def active_learners() -> Iterator[str]:
    """Addresses of those who are learning, one after the other."""
    for enrolment in _of_participants().filter(state=Enrolment.State.ACTIVE).order_by("-enrolled_at", "id"):
        yield address_of(enrolment.person_id)


def _without_enrolment(programme: Programme) -> QuerySet[people.Account]:
    return people.Account.objects.filter(
        email__contains=f".{programme.code}.", person__synthetic=True, person__enrolments__isnull=True
    )


def _of_participants() -> QuerySet[Enrolment]:
    """Who is trained to teach has another page."""
    return Enrolment.objects.filter(person__synthetic=True).exclude(track__in=Track.objects.of_trainers())


def address_of(person: UUID) -> str:
    """Where her codes go."""
    return people.Account.objects.get(person=person).email or ""


def certificate_paths() -> list[str]:
    """Where a stranger verifies: by typing a code, with one that is nobody's, and with one of each programme."""
    found = ["/certificado/", "/certificado/AAAAAAAAAAAAAAAAAAAAAAAAAA/"]
    for programme in programmes():
        here = Credential.objects.filter(enrolment__edition__programme=programme).order_by("id")
        found += [f"/certificado/{credential.code}/" for credential in here[:1]]
    return found


def sign_in(phone: Phone, email: str) -> None:
    """Come in with a code by mail, through the pages."""
    phone.fill_in("/entrar/", {"email": email})
    code = people.latest_code(email)
    if code is None:
        raise RuntimeError("no code came")
    answer = phone.fill_in("/entrar/codigo/", {"code": code})
    if answer.status != 302 or "/entrar/" in answer.headers["location"]:
        raise RuntimeError(f"the code was answered with {answer.status} {answer.headers.get('location', '')}")

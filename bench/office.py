"""A hundred thousand applications, with their people, awards, enrolments and certificates: synthetic, from a seed."""

import random
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Model
from django.test import Client

from bench import home, office_followed
from trenza.apps.admissions.api import Acceptance, Application, Award, Call, Wish
from trenza.apps.credentials.api import Credential, CredentialTemplate
from trenza.apps.people.api import Account, Person, grant_role, register_person
from trenza.apps.programmes.api import Completion, Enrolment, Region
from trenza.core.ids import new_id, new_secret_code, seeded

ROWS = 100_000
SEED = "office"
BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
GIVEN = ("María", "Ñusta", "Ana", "Sofía", "Lucía", "Inés", "Belén", "Andrea", "Daniela", "Verónica", "Juana", "Rosa")
FAMILY = ("Quispe", "Mamani", "Condori", "Núñez", "Ibáñez", "Peña", "Flores", "Choque", "Rojas", "Vargas", "Cruz")
STATES = ("accepted",) * 5 + (
    "awarded",
    "submitted",
    "submitted",
    "waiting_list",
    "needs_help",
    "not_eligible",
    "expired",
    "waiting_guardian",
)


@dataclass(frozen=True)
class Viewers:
    """Who looks at the lists: over everything, over one programme, over one region of it."""

    everything: Person
    programme: Person
    region: Person


def fill() -> Viewers:
    """Fill this home's database; the coordinators coordinate the programme and the region with the most rows."""
    home.load_content()
    chance = random.Random(SEED)
    with seeded(SEED):
        applications = _applications(chance)
        enrolled = [each for each in applications if each.state == Application.State.ACCEPTED]
        _insert(Person, (_person(each.person_id, each.submitted_at, chance) for each in applications))
        _insert(Application, applications)
        _insert(Wish, (_wish(each) for each in applications if each.call.has_several_tracks))
        awards = _insert_what_followed(applications, enrolled)
        team = [_staff(f"promotora-{n}", None).pk for n in range(10)]
        office_followed.insert(_insert, applications, awards, team, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    most = Call.objects.annotate(n=Count("applications")).order_by("-n", "id").first()
    assert most is not None
    region = Region.objects.filter(calls=most).order_by("code").first()
    assert region is not None
    return Viewers(_staff("all", None), _staff("programme", most.programme_id), _staff("region", region.pk))


def _applications(chance: random.Random) -> list[Application]:
    """Two in three to the programme with the most regions: a coordinator of it has most of them."""
    calls = list(Call.objects.annotate(n=Count("regions")).prefetch_related("track", "tracks").order_by("-n", "id"))
    regions = {call.pk: list(call.regions.order_by("code").values_list("pk", flat=True)) for call in calls}
    first = [call for call in calls if call.programme_id == calls[0].programme_id]
    made = []
    for n in range(ROWS):
        call = chance.choice(first if n % 3 else calls)
        made.append(
            Application(
                call=call,
                person_id=new_id(),
                region_id=chance.choice(regions[call.pk] or [None]),
                submitted_at=BEGAN + timedelta(minutes=10 * n, seconds=chance.randrange(600)),
                state=chance.choice(STATES),
            )
        )
    return made


def _person(person: UUID, moment: datetime, chance: random.Random) -> Person:
    return Person(
        id=person,
        given_name=f"{chance.choice(GIVEN)} {chance.choice(GIVEN)}",
        family_name=f"{chance.choice(FAMILY)} {chance.choice(FAMILY)}",
        country=chance.choice(("BO", "SV", "GT", "HN", "MX", "PE")),
        sex=Person.Sex.FEMALE,
        birth_date=date(1990, 1, 1) + timedelta(days=chance.randrange(6_000)),
        synthetic=True,
        registered_at=moment - timedelta(hours=1),
    )


def _insert_what_followed(applications: Sequence[Application], enrolled: Sequence[Application]) -> dict[UUID, Award]:
    """Awards by application, and for who accepted hers an enrolment, a completion and a certificate, where the track
    gives one. Half of the offers have reached her, and run out."""
    held = [each for each in applications if each.state in ("awarded", "accepted", "expired")]
    day = timedelta(days=1)
    awards = {each.pk: _award(each, each.submitted_at + day, n % 2 == 0) for n, each in enumerate(held)}
    _insert(Award, awards.values())
    enrolments = {
        each.pk: Enrolment(
            person_id=each.person_id, edition_id=each.call.edition_id, track_id=_track(each),
            region_id=each.region_id, state="completed", enrolled_at=each.submitted_at + 2 * day, sex="female",
        )
        for each in enrolled
    }  # fmt: skip
    _insert(Enrolment, enrolments.values())
    _insert(
        Acceptance,
        (
            Acceptance(award=awards[key], enrolment=each, accepted_at=each.enrolled_at)
            for key, each in enrolments.items()
        ),
    )
    _insert(
        Completion,
        (Completion(enrolment=each, completed_at=each.enrolled_at + 60 * day) for each in enrolments.values()),
    )
    templates = {each.track_id: each for each in CredentialTemplate.objects.all()}
    _insert(
        Credential,
        (_credential(each, templates[each.track_id]) for each in enrolments.values() if each.track_id in templates),
    )
    return awards


def _award(application: Application, moment: datetime, reached: bool) -> Award:
    return Award(
        application=application,
        call_id=application.call_id,
        person_id=application.person_id,
        region_id=application.region_id,
        track_id=_track(application),
        awarded_at=moment,
        **({"reached_at": moment, "reached_how": "seen", "expires_at": moment + timedelta(days=14)} if reached else {}),
    )


def _wish(application: Application) -> Wish:
    """She wishes for what she has, or would have."""
    return Wish(application=application, track_id=_track(application), rank=1)


def _track(application: Application) -> UUID:
    """Of a call with several, one that is hers for good."""
    tracks = application.call.tracks_offered
    chosen: UUID = tracks[application.person_id.int % len(tracks)].pk
    return chosen


def _credential(enrolment: Enrolment, template: CredentialTemplate) -> Credential:
    moment = enrolment.enrolled_at + timedelta(days=61)
    return Credential(
        enrolment=enrolment,
        person_id=enrolment.person_id,
        template=template,
        wording_id=template.wording_id,
        code=new_secret_code(26),
        name="María Quispe",
        issued_at=moment,
        issued_on=moment.date(),
    )


def _insert(model: type[Model], rows: Iterable[Any]) -> None:
    """In pieces, each a transaction."""
    waiting = iter(rows)
    while some := list(islice(waiting, 2_000)):
        model._default_manager.bulk_create(some)


def _staff(kind: str, scope: UUID | None) -> Person:
    person = register_person(given_name="Ximena", family_name="Rojas", email=f"{kind}@oficina.test")
    if kind in ("all", "programme", "region"):
        role = "administrator" if scope is None else "coordinator"
        grant_role(person=person, role=role, scope_kind=kind, scope=scope, by=None)
    return person


def export() -> dict[str, float]:
    """Take the list of all applications away as a workbook: seconds, its bytes, and the most memory held, in MB."""
    client = Client(headers={"host": home.HOST})
    client.force_login(Account.objects.get(email="all@oficina.test"))
    client.get("/oficina/solicitudes/")
    before, start = _most_memory(), time.perf_counter()
    answer = client.get("/oficina/solicitudes/", {"export": "xlsx"})
    size = sum(len(part) for part in answer)
    return {"seconds": time.perf_counter() - start, "bytes": size, "before": before, "memory": _most_memory()}


def _most_memory() -> float:
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(found.group(1)) * 1024 / 1e6 if found else 0.0

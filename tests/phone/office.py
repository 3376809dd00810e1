"""What the team does on the server while tests run, in a process of its own on the server's data.

`main` reads one JSON object a line, `{"do": NAME, "with": {…}}`, does what the function of this name says, and answers
with one line: `{"answer": …}` or `{"error": …}`. Tests ask through `server.Office`.
"""

import hashlib
import io
import json
import random
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.test import Client
from PIL import Image

from tests.apps.learning.examples import a_course, an_exam, lesson, question
from trenza.apps.learning.api import CourseVersion, publish_course
from trenza.apps.learning.content.course import Prose
from trenza.apps.people.api import (
    Account,
    Person,
    devices_of,
    give_consent,
    grant_role,
    register_device,
    register_person,
    revoke_device,
)
from trenza.apps.programmes.api import Edition, Module, Programme, Region, Track, enrol
from trenza.core import clock, journal
from trenza.core.ids import new_id
from trenza.core.sealing import cell_key
from trenza.portals.office.timeline import timeline_of

WORDS = ["casa", "camino", "agua", "mercado", "luna", "tejido", "voz", "puente", "semilla", "barrio", "carta", "hilo"]
PROGRAMME: dict[str, Any] = {"summary": "Prueba.", "languages": ["es"], "participants": "women"}
ROSA: dict[str, Any] = {"family_name": "Quispe", "sex": "female", "country": "BO", "birth_date": date(1999, 1, 2)}


def programme(code: str, ends_on: str = "2099-12-31", **of_course: Any) -> dict[str, Any]:
    """A programme of one course of the same code, and what `course` says of it."""
    row = Programme.objects.create(code=code, name=code.capitalize(), **PROGRAMME)
    track = Track.objects.create(programme=row, code="basico", name="Básico", summary="…", unlock="free")
    Module.objects.create(track=track, code=code, name="Uno", position=0, requirement_kind="course", course=code)
    edition = Edition.objects.create(
        programme=row, code="uno", name="Uno", starts_on=date(2020, 1, 1), ends_on=ends_on, countries=["BO"]
    )
    edition.tracks.add(track)
    edition.regions.add(Region.objects.create(programme=row, code="norte", name="Norte", iso="BO-L", position=0))
    return course(code, **of_course)


def course(
    code: str,
    *,
    lessons: int = 3,
    questions: int = 3,
    words: int = 10,
    picture: bool = False,
    exam: bool = False,
    edition: int = 0,
) -> dict[str, Any]:
    """Publish a version of a course: `lessons` of `questions` each, whose right answer is the second choice.

    Another `edition` is another text, with one question fewer in the first lesson. With a `picture` in the first, and
    an `exam` of five questions at the end.
    """
    chance = random.Random(f"{code} {edition}")
    files, image = _picture(chance) if picture else ({}, "")
    made = []
    for n in range(1, lessons + 1):
        prose = Prose(f"<p>{_prose(chance, words)}</p>{image if n == 1 else ''}")
        asked = [question(f"p{m}") for m in range(1 if edition and n == 1 else 0, questions)]
        plain = lesson(f"leccion-{n}", *asked)
        made.append(replace(plain, blocks=(prose, *asked)))
    if exam:
        made.append(an_exam())
    return _facts(publish_course(course=replace(a_course(code), lessons=tuple(made), files=files), by=None))


def woman(name: str, programme: str) -> dict[str, str]:
    """Somebody enrolled in the programme, and the cookie of a session of hers."""
    email = f"{name.lower()}.{programme}@demo.example"
    person = register_person(given_name=name, email=email, **ROSA)
    row = Programme.objects.get(code=programme)
    edition = row.editions.get()
    enrol(person=person, edition=edition, track=row.tracks.get(), region=edition.regions.get(), by=None)
    give_consent(person=person, text="data-use", version=1, by=person)
    return {
        "name": name,
        "person": person.pk.hex,
        "edition": edition.pk.hex,
        "email": email,
        "session": session(person.pk.hex),
    }


def session(person: str) -> str:
    """A session of hers, as her signing in makes one."""
    client = Client()
    client.force_login(Account.objects.get(person__pk=person))
    return client.cookies["sessionid"].value


def end_sessions(person: str) -> None:
    """As if none of her sessions had been used for too long."""
    account = str(Account.objects.get(person__pk=person).pk)
    for each in Session.objects.all():
        if each.get_decoded().get("_auth_user_id") == account:
            each.delete()


def profile(person: str) -> dict[str, Any]:
    """A profile on a phone that is no browser: what the server answers to /telefono/registrar, in hex."""
    row = Person.objects.get(pk=person)
    made = register_device(person=row, by=row)
    cell = cell_key()
    return {
        "profile": made.profile.hex,
        "device": made.device.hex,
        "deliver": made.deliver.hex(),
        "token": made.token.hex(),
        "secret": made.secret.hex(),
        "cell": cell.public.hex(),
    }


def revoke(person: str) -> None:
    """Take away the access of all her phones."""
    for device in devices_of(Person.objects.get(pk=person)):
        revoke_device(device=device, by=None)


def end_edition(programme: str) -> None:
    """The edition ended yesterday."""
    Edition.objects.filter(programme__code=programme).update(ends_on=clock.now().date() - timedelta(days=1))


def notes(person: str, programme: str) -> dict[str, int]:
    """What a coordinator is told besides of what happened to her, and of how many entries."""
    viewer = register_person(given_name="Ximena", email=f"{new_id()}@demo.example", **ROSA)
    scope = Programme.objects.get(code=programme).pk
    grant_role(person=viewer, role="coordinator", scope_kind="programme", scope=scope, by=None)
    told = timeline_of(Person.objects.get(pk=person), viewer)
    counted: Counter[str] = Counter()
    for each in told:
        counted.update(dict.fromkeys(each.notes, each.times))
    return dict(counted)


def work() -> None:
    """Let follow what follows from entries."""
    journal.work_until_done()


def check() -> list[str]:
    """What `trenza journal check` finds: nothing, where the journal is whole."""
    return journal.check()


def main() -> None:
    """Answer until nobody asks any more."""
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            do: Callable[..., Any] = globals()[asked["do"]]
            said = {"answer": do(**asked["with"])}
        except Exception:  # noqa: BLE001 (the test that asked is to see it, whatever it is)
            said = {"error": traceback.format_exc()}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def _prose(chance: random.Random, words: int) -> str:
    return " ".join(f"{chance.choice(WORDS)}{chance.randrange(10_000)}" for _ in range(words))


def _picture(chance: random.Random) -> tuple[dict[str, bytes], str]:
    file = io.BytesIO()
    Image.frombytes("RGB", (160, 120), chance.randbytes(160 * 120 * 3)).save(file, "WEBP", quality=60)
    name = f"{hashlib.sha256(file.getvalue()).hexdigest()}.webp"
    facts = f'src="/archivos/{name}" alt="Un hilo" width="160" height="120" data-bytes="{len(file.getvalue())}"'
    return {name: file.getvalue()}, f'<img {facts} loading="lazy">'


def _facts(version: CourseVersion) -> dict[str, Any]:
    where = f"{version.course.code}/{version.digest[:12]}"
    return {
        "course": version.course.code,
        "version": version.digest,
        "pack": f"/paquetes/{where}.json",
        "lessons": [
            {"id": each.pk.hex, "code": each.code, "url": f"/lecciones/{where}/{each.code}/"}
            for each in version.lessons.order_by("position")
        ],
    }

"""A hub as a centre has it: processes of its own, a line that is cut, a workshop without internet, and kill -9."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journey import running, steps
from tests.journey.line import Cut
from tests.journey.running import Demo
from tests.journey.visitor import PHONE, Visitor, visitor
from tests.phone.server import eventually

pytestmark = [pytest.mark.browser, pytest.mark.drill]
PIN = "4827"
# On the cell: the trainer and two learners of a centre get cards, and a PIN each.
PREPARE = f"""
import django, json
django.setup()
from trenza.apps.learning.api import Lesson
from trenza.apps.learning.models import LessonDone
from trenza.apps.people.api import RoleGrant, grant_role, make_card, set_pin
from trenza.apps.places.api import Centre, add_members
from trenza.apps.programmes.api import Enrolment
from trenza.core import clock
standing = RoleGrant.objects.filter(withdrawn_at=None).order_by("pk")
office = standing.filter(role="administrator", scope_kind="all")[0].person
trainer = standing.filter(role="trainer")[0].person
current = Enrolment.objects.filter(state="active", edition__ends_on__gte=clock.now().date()).order_by("pk")
current = current.exclude(person__in=standing.values("person"))
def not_done(enrolment):
    courses = enrolment.track.modules.values("course")
    done = LessonDone.objects.filter(person=enrolment.person_id).values("lesson")
    return Lesson.objects.filter(version__course__code__in=courses, exam=False).exclude(pk__in=done).order_by("pk")
enrolled = [each for each in current if not_done(each).exists()][:2]
first = enrolled[0]
centre = Centre.objects.filter(closed_at=None).order_by("code")[0]
for kind, scope in (("centre", centre.pk), ("edition", first.edition_id)):
    if not standing.filter(person=trainer, role="trainer", scope_kind=kind, scope=scope).exists():
        grant_role(person=trainer, role="trainer", scope_kind=kind, scope=scope, by=None)
people = [trainer, *(each.person for each in enrolled)]
add_members(centre=centre, persons=people, by=None)
cards = []
for person in people:
    set_pin(person=person, pin="{PIN}", by=person)
    cards.append([person.name, make_card(person=person, by=office).secret])
of = f"{{first.edition_id}}:c:{{first.track_id.hex}}"
paths = [
    f"/lecciones/{{lesson.version.course.code}}/{{lesson.version.short}}/{{lesson.code}}/"
    for lesson in (not_done(each)[0] for each in enrolled)
]
print(json.dumps({{"lessons": paths, "centre": str(centre.pk), "name": centre.name, "cards": cards, "of": of}}))
"""
MARKS = """
import django, json
django.setup()
from trenza.apps.people.api import Person
from trenza.apps.sessions.api import Session, standings
marks = {person: each.mark for (_, person), each in standings(list(
    Session.objects.filter(title="Correo sin internet").values_list("pk", flat=True)
)).items()}
names = Person.objects.filter(pk__in=marks).values_list("pk", "given_name")
print(json.dumps(sorted([name, marks[person]] for person, name in names)))
"""
LESSONS = """
import django, json
django.setup()
from trenza.apps.learning.models import LessonDone
from trenza.apps.people.api import Person
her = next(each for each in Person.objects.all() if each.name == "{name}")
print(LessonDone.objects.filter(person=her.pk).count())
"""
WALKED_IN = ("Nora", "Olga", "Pilar", "Quela", "Rufina")


class Hub:
    """An installation with a home of its own, paired with nobody yet."""

    def __init__(self, home: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(running.OURS)}
        self.port = running._free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = kept | {
            "TRENZA_HOME": str(home), "TRENZA_URL": self.url, "TRENZA_DEMONSTRATION": "1",
            "DJANGO_SETTINGS_MODULE": "trenza.settings.hub",
        }  # fmt: skip
        home.mkdir()
        self.home = home
        self.run("migrate")

    def run(self, *words: str) -> str:
        """What a command prints; it must end well."""
        return running._trenza(self.environment, *words)

    @contextmanager
    def serving(self) -> Iterator["Hub"]:
        """`trenza hub serve`, until it is killed or this is left."""
        self.start()
        try:
            yield self
        finally:
            self.kill()

    def start(self) -> None:
        command = running._command("hub", "serve", "--host", "127.0.0.1", "--http-port", str(self.port))
        output = (self.home / "output.txt").open("ab")
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=output, stderr=output, start_new_session=True
        )
        output.close()
        running._wait(Demo(self.url, self.environment, self.home / "output.txt", has_real_course=False), self.process)

    def kill(self) -> None:
        """As when somebody pulls the plug: all of its processes, at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def told(environment: dict[str, str], script: str) -> Any:
    """What a script says on one of the installations."""
    settings = {"DJANGO_SETTINGS_MODULE": "trenza.settings.laptop"} | environment
    done = subprocess.run([sys.executable, "-c", script], env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return Hub(tmp_path / "hub")


def come_in(someone: Visitor, card: str) -> None:
    """With a card and a PIN."""
    someone.open("/")
    someone.follow("Entrar con mi tarjeta")
    someone.page.locator("[name=card]").fill(card)
    someone.press("Seguir")
    someone.page.locator("[name=pin]").fill(PIN)
    someone.press("Entrar")
    expect(someone.page).to_have_url(f"{someone.url}/mi/")


def open_session(trainer: Visitor, of: str) -> str:
    """She puts one into the timetable, at the hub; its address."""
    trainer.open("/formadora/nueva/")
    trainer.page.locator("[name=of]").select_option(of)
    trainer.page.locator("[name=title]").fill("Correo sin internet")
    trainer.page.locator("[name=centre]").select_option(index=1)
    trainer.page.locator("[name=day]").fill(datetime.now(UTC).date().isoformat())
    trainer.page.locator("[name=hour]").fill("10:00")
    trainer.press("Ponerla en el calendario")
    return trainer.path


def write_down(trainer: Visitor, path: str, name: str) -> None:
    """Somebody walks in."""
    trainer.open(path)
    trainer.page.locator("[name=given_name]").fill(name)
    trainer.press("Agregarla: vino")
    expect(trainer.page.locator("main")).to_contain_text(name)


def test_a_session_without_internet(browser: Browser, demo: Demo, hub: Hub, enter: Any, downloads: Path) -> None:
    place = told(demo.environment, PREPARE)
    (_, marta), (ana_is_called, anas), (_, bertas) = place["cards"]
    office = enter("coordinadora")
    office.open(f"/oficina/centros/{place['centre']}/hub/")
    office.press("Dar un código")
    line = Cut(int(demo.url.rpartition(":")[2]))
    address = f"http://127.0.0.1:{line.port}"
    hub.run("hub", "pair", address, office.page.locator(".office-code").inner_text())
    hub.run("hub", "sync")

    line.after = 0  # from here on there is none
    with hub.serving(), ExitStack() as phones:
        trainer, ana, berta = (phones.enter_context(visitor(browser, hub.url, screen=PHONE)) for _ in range(3))
        come_in(trainer, marta)
        come_in(ana, anas)
        come_in(berta, bertas)
        path = open_session(trainer, place["of"])
        for name in WALKED_IN:
            write_down(trainer, path, name)
            hub.kill()
            hub.start()
        for her, lesson in zip((ana, berta), place["lessons"], strict=True):
            her.open(lesson)
            steps.do_lesson(her)
        trainer.open("/nodo/")
        assert "esperan aquí para ser entregadas" in trainer.text
    hub.run("journal", "check")

    line.after = None  # by cable
    before = told(demo.environment, LESSONS.format(name=ana_is_called))
    assert "0 things still waiting" in hub.run("hub", "sync")
    marked = [[name, "present"] for name in WALKED_IN]
    eventually(lambda: told(demo.environment, MARKS) == marked, within=60)
    assert told(demo.environment, LESSONS.format(name=ana_is_called)) == before + 1

    line.after = 0  # by a stick
    with hub.serving(), visitor(browser, hub.url, screen=PHONE) as trainer:
        come_in(trainer, marta)
        write_down(trainer, path, "Sonia")
    hub.run("hub", "export", str(downloads / "to-the-cell"))
    office.open(f"/oficina/centros/{place['centre']}/hub/")
    office.page.get_by_label("El archivo del nodo").set_input_files(downloads / "to-the-cell")
    office.press("Recibir el archivo")
    office.wait_for("Se recibió el archivo")
    eventually(lambda: told(demo.environment, MARKS) == [*marked, ["Sonia", "present"]], within=60)
    with office.page.expect_download() as waiting:
        office.page.get_by_role("button", name="Descargar el archivo para el nodo").click()
    waiting.value.save_as(downloads / "to-the-hub")
    hub.run("hub", "import", str(downloads / "to-the-hub"))
    assert "Waiting here: 0 entries" in hub.run("hub", "status")
    hub.run("journal", "check")
    demo.check_journal()
    line.close()

"""Certificates are issued to some hundreds, and the worker is killed in between, again and again: each woman has one,
signed once, with a place of its own in the list."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.journey import serving
from tests.journey.running import Demo

PROGRAMME = Path(__file__).parents[2] / "programmes" / "mujeres-online"
WOMEN, PORTION, KILLS, PATIENCE = 400, 8, 12, 120
# They complete before there is a certificate of their track; then who coordinates has what is missing issued.
PREPARE = f"""
import django
django.setup()
from trenza.apps.credentials.api import CredentialTemplate, IssuingRun, create_key, start_issuing
from trenza.apps.people.api import account_for, register_person
from trenza.apps.programmes.api import Edition, Organisation, Programme, enrol, meet_requirement
from trenza.core import clock
from trenza.core.journal import work_until_done
programme = Programme.objects.get()
create_key(organisation=Organisation.objects.select_related("programme").get(code="pro-mujer"))
CredentialTemplate.objects.exclude(code="certificado-alfabetizacion").update(retired_at=clock.now())
template = CredentialTemplate.objects.current().select_related("track").get()
CredentialTemplate.objects.update(retired_at=clock.now())
edition = Edition.objects.filter(programme=programme, demonstration=True, tracks=template.track).first()
modules = list(template.track.modules.all())
for n in range({WOMEN}):
    person = register_person(given_name=f"Ana {{n}}", family_name="de Prueba", synthetic=True, by=None)
    enrolment = enrol(person=person, edition=edition, track=template.track, region=edition.regions.first(), by=None)
    for module in modules:
        meet_requirement(enrolment=enrolment, module=module)
work_until_done()
CredentialTemplate.objects.filter(pk=template.pk).update(retired_at=None)
coordinator = account_for("{serving.COORDINATOR}").person
start_issuing(programme=programme, kind=IssuingRun.Kind.MISSING, by=coordinator)
"""
RUNNING = "SELECT count(*) FROM credentials_issuingrun WHERE state = 'running'"
WORK = f"""
import django
django.setup()
from trenza.apps.credentials.actions import running
from trenza.cli.commands import main
running.PORTION = {PORTION}
main(["worker"])
"""


@pytest.mark.drill
@pytest.mark.one_engine
def test_each_has_one_certificate_signed_once_when_the_worker_is_killed_in_between(tmp_path):
    chance = random.Random(7)
    demo = serving.prepared(tmp_path / "home", PROGRAMME)
    demo.environment["DJANGO_SETTINGS_MODULE"] = "trenza.settings.laptop"
    _python(demo, PREPARE)
    kills = 0
    while kills < KILLS:
        before = _one(demo, "SELECT done + failed FROM credentials_issuingrun")
        worker = _work(demo)
        _until(demo, before + chance.randrange(1, 3 * PORTION), worker)
        time.sleep(chance.random() * 0.15)
        assert _one(demo, "SELECT count(*) FROM credentials_issuingrun WHERE state = 'running'") == 1, (
            "it was too quick"
        )
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(timeout=60)
        kills += 1
        _change(demo, "UPDATE core_task SET leased_until = NULL")  # as if the five minutes of its lease were over
    worker = _work(demo)
    try:
        _until(demo, WOMEN, worker)
        _until_done(demo)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(timeout=60)

    assert _one(demo, "SELECT count(*) FROM credentials_credential") == WOMEN
    assert _one(demo, "SELECT count(DISTINCT enrolment_id) FROM credentials_credential") == WOMEN
    assert _one(demo, "SELECT count(*) FROM credentials_signedcredential WHERE length(document) > 0") == WOMEN
    places = "SELECT count(*) FROM (SELECT DISTINCT status_list_id, status_index FROM credentials_signedcredential)"
    assert _one(demo, places) == WOMEN
    issued = "SELECT count(*) FROM core_entry WHERE kind = ?"
    assert _one(demo, issued, "credentials.credential_issued.v1") == WOMEN
    assert _one(demo, "SELECT done FROM credentials_issuingrun WHERE state = 'done' AND failed = 0") == WOMEN
    assert "whole" in demo.check_journal()


def _python(demo: Demo, program: str) -> None:
    command = [sys.executable, "-c", program]
    subprocess.run(command, env=demo.environment, check=True, capture_output=True, timeout=600)


def _work(demo: Demo) -> subprocess.Popen[bytes]:
    """The worker, as `trenza worker` starts it, with small portions."""
    with demo.output.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-c", WORK], env=demo.environment, stdout=output, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip


def _until(demo: Demo, seen: int, worker: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while _one(demo, "SELECT done + failed FROM credentials_issuingrun") < seen:
        assert worker.poll() is None, demo.output.read_text()
        assert time.monotonic() < end, demo.output.read_text()
        time.sleep(0.002)


def _until_done(demo: Demo) -> None:
    end = time.monotonic() + PATIENCE
    while _one(demo, "SELECT count(*) FROM credentials_issuingrun WHERE state = 'done'") < 1:
        assert time.monotonic() < end
        time.sleep(0.05)


def _one(demo: Demo, query: str, *values: str) -> int:
    with closing(sqlite3.connect(_database(demo), timeout=30)) as database:
        row = database.execute(query, values).fetchone()
        return int(row[0]) if row else 0


def _change(demo: Demo, statement: str) -> None:
    with closing(sqlite3.connect(_database(demo), timeout=30)) as database, database:
        database.execute(statement)


def _database(demo: Demo) -> Path:
    return Path(demo.environment["TRENZA_HOME"], "trenza.sqlite3")

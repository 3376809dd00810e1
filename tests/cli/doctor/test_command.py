"""`trenza doctor` as a whole: what it prints, and how it exits."""

import json

import pytest
from click.testing import CliRunner

from tests.cli.doctor.test_program import GOOD_KEY
from trenza.apps.people.api import grant_role, register_person
from trenza.cli.commands import main
from trenza.cli.doctor import command, database
from trenza.cli.doctor.finding import good, warning, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def healthy(settings, monkeypatch, tmp_path):
    (tmp_path / "staticfiles.json").touch()
    tmp_path.chmod(0o700)
    settings.SECRET_KEY, settings.STATIC_ROOT, settings.HOME = GOOD_KEY, tmp_path, tmp_path
    settings.FILES_ROOT, settings.PRIVATE_ROOT = tmp_path / "files", tmp_path / "private"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(database, "CHECKS", tuple(c for c in database.CHECKS if c is not database.durable))
    person = register_person(given_name="Ñusta", family_name="Quispe", email="nusta@example.org")
    grant_role(person=person, role="administrator", by=None)


def doctor(*words: str):
    return CliRunner().invoke(main, ["doctor", *words])


def test_doctor_finds_nothing_to_mend_in_a_healthy_installation(healthy):
    result = doctor()

    assert (result.exit_code, result.exception) == (0, None)
    assert "0 to mend" in result.output.splitlines()[-1]
    for private in ("Ñusta", "Quispe", "nusta@example.org", GOOD_KEY):
        assert private not in result.output


def test_doctor_says_what_is_wrong_and_what_to_do_and_exits_1(healthy, settings):
    settings.DEBUG = True

    result = doctor()

    assert result.exit_code == 1
    lines = result.output.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("wrong "))
    assert lines[at].split(maxsplit=2)[1] == "debug"
    assert lines[at + 1].strip() == "-> Set DEBUG to False."


def test_doctor_for_programs(healthy):
    found = json.loads(doctor("--json").output)

    assert {frozenset(each) for each in found} == {frozenset({"subject", "state", "says", "remedy"})}
    assert len({each["subject"] for each in found}) == len(found)
    assert [each["subject"] for each in found if each["state"] != "good" and not each["remedy"]] == []


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_doctor_does_not_ask_a_database_that_cannot_be_asked(healthy, monkeypatch, broken):
    def bad():
        return wrong("database", "It is broken.", "Mend it.")

    def never():
        raise AssertionError("asked all the same")

    first = [lambda: good("a", "b")] * 3
    first[broken] = bad
    monkeypatch.setattr(database, "FIRST", tuple(first))
    monkeypatch.setattr(database, "CHECKS", (never,))

    result = doctor()

    assert (result.exit_code, "Mend it." in result.output) == (1, True)


def test_doctor_exits_0_where_something_is_only_to_be_looked_at(healthy, monkeypatch):
    monkeypatch.setattr(command, "findings", lambda: iter([warning("a", "b", "c")]))

    assert doctor().exit_code == 0


def test_doctor_sends_a_test_mail_only_when_asked(healthy, mailoutbox):
    doctor()
    assert mailoutbox == []

    result = doctor("--send-test", "somebody@example.org")
    assert (len(mailoutbox), result.exit_code) == (1, 0)
    assert "somebody@example.org" not in result.output

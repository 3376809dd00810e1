"""Each check of the program and its settings, when all is well and when it is not."""

import os
from datetime import UTC, datetime

import pytest
from django.apps import apps

from trenza.cli.doctor import program
from trenza.cli.doctor.finding import State
from trenza.core import clock

GOOD_KEY = "k3J_dkw0-29sLQpxnvbzmY7Tqf5R1uVgHcE8aWoXiNtSy4M6jZ"


@pytest.fixture
def public(settings):
    """A cell as it should be."""
    settings.PUBLIC_URL = "https://trenza.example.org"
    settings.ALLOWED_HOSTS = ["trenza.example.org"]
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.TRUSTED_PROXIES = 1
    return settings


def state(check) -> tuple[State, bool]:
    """What was found, and whether it says what to do."""
    finding = check()
    return finding.state, bool(finding.remedy)


GOOD, WARNING, WRONG = (State.GOOD, False), (State.WARNING, True), (State.WRONG, True)


def test_python(monkeypatch):
    assert state(program.python) == GOOD
    monkeypatch.setattr(program, "OLDEST_PYTHON", (9, 0))
    assert state(program.python) == WRONG


def test_settings_module(settings, public):
    assert state(program.settings_module) == WARNING
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    assert state(program.settings_module) == GOOD


def test_debug(settings):
    assert state(program.debug) == GOOD
    settings.DEBUG = True
    assert state(program.debug) == WRONG


@pytest.mark.parametrize("key", ["", "short", "a" * 60, "django-insecure-" + GOOD_KEY])
def test_secret_key_that_can_be_guessed(settings, tmp_path, key):
    settings.HOME, settings.SECRET_KEY = tmp_path, GOOD_KEY
    assert state(program.secret_key) == GOOD
    settings.SECRET_KEY = key
    assert state(program.secret_key) == WRONG


def test_secret_key_that_others_can_read(settings, tmp_path):
    settings.HOME, settings.SECRET_KEY = tmp_path, GOOD_KEY
    (tmp_path / "secret.key").touch(mode=0o600)
    assert state(program.secret_key) == GOOD
    (tmp_path / "secret.key").chmod(0o640)
    assert state(program.secret_key) == WRONG


@pytest.mark.parametrize(
    ("url", "hosts", "expected"),
    [
        ("https://trenza.example.org", ["trenza.example.org"], GOOD),
        ("https://trenza.example.org", [".example.org"], GOOD),
        ("http://[::1]:8000", ["[::1]"], GOOD),
        ("https://trenza.example.org", ["*"], WRONG),
        ("https://trenza.example.org", ["localhost"], WRONG),
        ("trenza.example.org", ["trenza.example.org"], WRONG),
    ],
)
def test_hosts(settings, url, hosts, expected):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = url, hosts
    assert state(program.hosts) == expected


def test_https(settings, public):
    assert state(program.https) == GOOD
    settings.TRUSTED_PROXIES = 0
    assert state(program.https) == WARNING
    settings.CSRF_COOKIE_SECURE = False
    assert state(program.https) == WRONG
    settings.PUBLIC_URL = "http://trenza.example.org"
    assert state(program.https) == WRONG
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    assert state(program.https) == GOOD


@pytest.mark.parametrize(
    ("url", "public_"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost", False),
        ("http://a.localhost:8000", False),
        ("http://[::1]:1", False),
        ("http://192.168.1.7", True),
        ("https://trenza.example.org", True),
        ("", False),
    ],
)
def test_addresses_that_others_reach(settings, url, public_):
    settings.PUBLIC_URL = url
    assert program.is_public() is public_


def test_moment():
    assert state(program.moment) == GOOD
    with clock.travel(datetime(2000, 1, 1, tzinfo=UTC)):
        assert state(program.moment) == WRONG


def test_time_zones(monkeypatch):
    assert state(program.time_zones) == GOOD
    monkeypatch.setattr(program, "ZONES", ("America/Nowhere",))
    assert state(program.time_zones) == WRONG


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("MemTotal: 9 kB\nMemAvailable:   900000 kB\n", GOOD),
        ("MemAvailable:   200000 kB\n", WARNING),
        ("MemAvailable:   50000 kB\n", WRONG),
        ("nothing of that kind", GOOD),
        ("MemAvailable: much\n", GOOD),
    ],
)
def test_memory(monkeypatch, tmp_path, content, expected):
    file = tmp_path / "meminfo"
    monkeypatch.setattr(program, "_MEMORY", file)
    assert state(program.memory) == GOOD
    file.write_text(content)
    assert state(program.memory) == expected


def test_translations(settings, tmp_path):
    assert state(program.translations) == GOOD
    settings.LOCALE_PATHS = [tmp_path]
    assert state(program.translations) == WRONG


def test_static_files(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert state(program.static_files) == WRONG
    (tmp_path / "staticfiles.json").touch()
    assert state(program.static_files) == GOOD
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = None, True
    assert state(program.static_files) == GOOD


def test_fonts(monkeypatch):
    assert state(program.fonts) == GOOD
    monkeypatch.setattr(program, "LETTERS", "漢")
    assert state(program.fonts) == WRONG
    monkeypatch.setattr(apps, "is_installed", lambda name: False)
    assert state(program.fonts) == GOOD


def test_process(monkeypatch, settings, public):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert state(program.process) == WARNING
    monkeypatch.setattr(os, "geteuid", lambda: 1_000)
    assert state(program.process) == GOOD


def test_every_check_runs_here():
    assert {type(check().says) for check in program.CHECKS} == {str}

"""The program and its settings, without the database."""

import ipaddress
import os
import sys
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from trenza.cli.doctor.finding import Finding, good, warning, wrong
from trenza.core import clock

OLDEST_PYTHON = (3, 11)
# This program was written after it: a clock that says otherwise is wrong.
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
ZONES = ("America/La_Paz", "America/Bogota", "America/Guatemala", "America/Asuncion", "UTC")
LETTERS = "Ána Ñusta Güell Çelik Łucja Şahin Ðurić 0123"
_SHORTEST_KEY, _FEWEST_SIGNS = 50, 5
_LITTLE_MEMORY, _TOO_LITTLE_MEMORY = 300 * 2**20, 100 * 2**20
_MEMORY = Path("/proc/meminfo")


def python() -> Finding:
    """Python's version."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        return wrong(
            "python", f"Python {found} is too old.", "Install Python 3.11 or newer and make the environment anew."
        )
    return good("python", f"Python {found}, Trenza {version('trenza')}.")


def settings_module() -> Finding:
    """Which settings run, and whether they fit an address that the public knows."""
    module = os.environ["DJANGO_SETTINGS_MODULE"]
    if is_public() and module != "trenza.settings.cloud":
        return warning(
            "settings",
            f"{module} serves an address that is not of this machine.",
            "Set DJANGO_SETTINGS_MODULE=trenza.settings.cloud, which asks for HTTPS and a mail server.",
        )
    return good("settings", f"{module}, home {settings.HOME}.")


def debug() -> Finding:
    """DEBUG shows settings and rows to whoever meets an error."""
    if settings.DEBUG:
        return wrong("debug", "DEBUG is on: errors show settings and data to anybody.", "Set DEBUG to False.")
    return good("debug", "DEBUG is off.")


def secret_key() -> Finding:
    """The key that signs sessions: long, mixed, and nobody else's to read."""
    file = Path(settings.HOME) / "secret.key"
    try:
        key = str(settings.SECRET_KEY)
    except ImproperlyConfigured:  # empty
        key = ""
    if len(key) < _SHORTEST_KEY or len(set(key)) < _FEWEST_SIGNS or key.startswith("django-insecure"):
        return wrong(
            "secret key",
            "The secret key can be guessed.",
            "Set TRENZA_SECRET_KEY to 50 random characters: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'. Everybody signs in anew.",
        )
    if file.exists() and file.stat().st_mode & 0o077:
        return wrong("secret key", "Others on this machine can read secret.key.", f"chmod 600 {file}")
    return good("secret key", "Long, random, and for its owner alone.")


def hosts() -> Finding:
    """The public address is one that is answered, and nothing else is."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if not host:
        return wrong(
            "address", "TRENZA_URL is no address.", "Set it to https:// and the host name that the public knows."
        )
    if "*" in settings.ALLOWED_HOSTS:
        return wrong("address", "Every host name is answered.", f"Set TRENZA_HOSTS={host}.")
    if not validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        return wrong("address", f"{host} is not answered.", f"Add it to TRENZA_HOSTS: TRENZA_HOSTS={host}.")
    return good("address", f"{settings.PUBLIC_URL} is answered.")


def https() -> Finding:
    """Who reaches it over a network does so by HTTPS, with cookies that go no other way."""
    if not is_public():
        return good("https", "Not needed: the address is of this machine only.")
    if urlsplit(settings.PUBLIC_URL).scheme != "https":
        return wrong(
            "https",
            "Codes and names cross the network in plain text.",
            "Put a proxy with HTTPS in front: docs/install.md.",
        )
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        return wrong("https", "Cookies may travel without HTTPS.", "Use trenza.settings.cloud.")
    if not settings.TRUSTED_PROXIES:
        return warning(
            "https",
            "No proxy is believed, so all visitors count as one connection.",
            "Set TRENZA_PROXIES to how many proxies stand in front.",
        )
    return good("https", "The address is HTTPS, and cookies travel by nothing else.")


def moment() -> Finding:
    """The clock."""
    if clock.now() < WRITTEN:
        return wrong("clock", "The clock is in the past.", "Set it, and keep it right: apt install systemd-timesyncd.")
    return good("clock", f"{clock.now():%Y-%m-%d %H:%M} UTC.")


def time_zones() -> Finding:
    """Time zones of the world, from the system or from the package tzdata."""
    try:
        for name in ZONES:
            ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return wrong("time zones", "The time zones of the world are missing.", "apt install tzdata")
    return good("time zones", "Known.")


def memory() -> Finding:
    """What is free for another process."""
    free = _free_memory()
    if free is None:
        return good("memory", "Not known on this system.")
    shown = f"{free // 2**20} MB of memory are free."
    remedy = "Stop what else runs here, start fewer web processes, or add memory: web 220 MB each, worker 150 MB."
    if free < _TOO_LITTLE_MEMORY:
        return wrong("memory", shown, remedy)
    return warning("memory", shown, remedy) if free < _LITTLE_MEMORY else good("memory", shown)


def _free_memory() -> int | None:
    try:
        lines = dict(line.split(":", 1) for line in _MEMORY.read_text().splitlines() if ":" in line)
        return int(lines["MemAvailable"].split()[0]) * 1_024
    except (OSError, KeyError, ValueError, IndexError):
        return None


def translations() -> Finding:
    """Spanish, which is made when the program is installed."""
    missing = [
        code
        for code, _ in settings.LANGUAGES
        if code != "en"
        and not any((Path(p) / code / "LC_MESSAGES" / "django.mo").is_file() for p in settings.LOCALE_PATHS)
    ]
    if missing:
        return wrong("translations", f"Pages in {', '.join(missing)} would be in English.", "make messages")
    return good("translations", "Compiled.")


def static_files() -> Finding:
    """The office's style and script: collected, where they are not served from where they are installed."""
    if getattr(settings, "WHITENOISE_USE_FINDERS", False):
        return good("static files", "Served from where they are installed.")
    root = Path(settings.STATIC_ROOT or settings.HOME / "static")
    if not (root / "staticfiles.json").is_file():
        return wrong("static files", "They were not collected: the office fails.", "trenza collect-static")
    return good("static files", "Collected.")


def fonts() -> Finding:
    """The letters of names on certificates; a hub prints none."""
    if not apps.is_installed("trenza.apps.credentials"):
        return good("fonts", "Not needed: certificates are printed elsewhere.")
    # Not at the top: a hub has no such app.
    missing = import_module("trenza.apps.credentials.api").missing_letters(LETTERS)
    if missing:
        return wrong("fonts", "The fonts of certificates are missing or damaged.", "Install Trenza anew.")
    return good("fonts", "Certificates can be printed.")


def is_public() -> bool:
    """Whether the address is one that others reach: not of loopback."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if host in {"", "localhost"} or host.endswith(".localhost"):
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True


def process() -> Finding:
    """As whom the program runs."""
    if os.geteuid() == 0 and is_public():
        return warning("user", "Trenza runs as root.", "Run it as a user of its own: docs/install.md.")
    return good("user", "Not root." if os.geteuid() else "Root, on a machine of one's own.")


CHECKS = (
    python, settings_module, process, debug, secret_key, hosts, https, moment, time_zones, memory, translations,
    static_files, fonts,
)  # fmt: skip

"""Read settings from the environment, with an error that says what to set."""

import os
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

REPOSITORY = Path(__file__).resolve().parents[3]
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def text(name: str, default: str | None = None) -> str:
    """The variable `name`; without a default it must be set."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}; docs/running.md says what it is for.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """True for 1, true, yes or on."""
    return text(name, "1" if default else "0").strip().lower() in {
        "1",
        "true",
        "yes",
        "on",
    }


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, without empty items."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def shipped(name: str) -> Path:
    """A folder that lies at the root of the repository, and within the package where that was installed."""
    packaged = Path(__file__).resolve().parents[1] / name
    return packaged if packaged.is_dir() else REPOSITORY / name


def home() -> Path:
    """Where this installation keeps its data: database, files, keys, mail outbox."""
    return Path(text("TRENZA_HOME", str(REPOSITORY / "var"))).resolve()


def gateway(name: str, url: str) -> str:
    """The address of a gateway that is told secrets and numbers, or blank, as the variable `name` has it.

    Raises:
        ImproperlyConfigured: it is no address, or they would cross a network in the clear.
    """
    parts = urlsplit(url)
    if url and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ImproperlyConfigured(f"{name} must be the whole address of the gateway: https://HOST/PATH")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured(f"{name} must begin with https:// unless the gateway is on this machine.")
    return url

"""Tests: everything in a temporary home, mail in memory, no slow hashing, no manifest of static files."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("TRENZA_HOME", str(Path(tempfile.gettempdir()) / f"trenza-test-{os.getpid()}"))

from trenza.settings.base import *  # noqa: F403 (the home must be set before the base is read)
from trenza.settings.base import DATABASES, HOME

SECRET_KEY = "only for tests"
DEBUG = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS_BACKEND = "files"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A file, not memory: threads and processes of a test share it, as they do in use.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    HOME.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}

"""A laptop: one folder, SQLite, mail to files. The default."""

import secrets

from trenza.settings.base import *  # noqa: F403 (this is what a Django settings module is)
from trenza.settings.base import HOME


def _kept_secret() -> str:
    """The secret key of this installation, made at its first start and kept beside its data."""
    path = HOME / "secret.key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = _kept_secret()
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"

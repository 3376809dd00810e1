"""A laptop: one folder, SQLite, mail to files. The default."""

import secrets

from trenza.settings import environment
from trenza.settings.base import *  # noqa: F403 (this is what a Django settings module is)
from trenza.settings.base import HOME, SMS_URL, STORAGES


def _kept_secret() -> str:
    """The secret key of this installation, made at its first start and kept beside its data."""
    path = HOME / "secret.key"
    if not path.exists():
        HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = _kept_secret()
# Static files straight from where they are installed: nothing to collect, a start is quick.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Mail goes to files, where `trenza code ADDRESS` finds the codes, unless there is a mail server.
EMAIL_HOST = environment.text("TRENZA_SMTP_HOST", "")
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_PORT = int(environment.text("TRENZA_SMTP_PORT", "587"))
    EMAIL_HOST_USER = environment.text("TRENZA_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = environment.text("TRENZA_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = environment.flag("TRENZA_SMTP_TLS", default=True)
    MAIL_LATER = True
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
DEFAULT_FROM_EMAIL = environment.text("TRENZA_MAIL_FROM", "trenza@localhost")
# So do texts, unless there is a gateway.
if not SMS_URL:
    SMS_BACKEND = "files"

"""What every way of running Trenza has in common."""

from pathlib import Path
from typing import Any

import dj_database_url

from trenza.settings import environment
from trenza.settings.office import *  # noqa: F403 (settings of the office, by their names)
from trenza.settings.office import OFFICE_APPS

SOURCE = Path(__file__).resolve().parents[1]
HOME = environment.home()
DATA = environment.shipped("data")  # dated facts about countries (docs/data.md)
PROGRAMMES = Path(environment.text("TRENZA_PROGRAMMES", str(environment.REPOSITORY / "programmes")))
# Every page says that its data are simulated.
TRENZA_DEMONSTRATION = environment.flag("TRENZA_DEMONSTRATION", default=False)

# A centre's hub carries what phones sealed for its cell; a cell opens it.
IS_HUB = False
# Phones have no safe connection to this: pages and forms alone, and they say so.
PAGES_ONLY = False
# The domain under which hubs of this cell have their names, and the program that has a certificate made for one.
HUB_DOMAIN = environment.text("TRENZA_HUB_DOMAIN", "").strip().strip(".").lower()
HUB_CERTIFIER = environment.text("TRENZA_HUB_CERTIFIER", "")

DEBUG = False
ALLOWED_HOSTS = environment.words("TRENZA_HOSTS", "127.0.0.1,localhost,[::1]")
PUBLIC_URL = environment.text("TRENZA_URL", "http://127.0.0.1:8000").rstrip("/")

FIELD_APPS = [
    "trenza.core",
    "trenza.apps.forms",
    "trenza.apps.messaging",
    "trenza.apps.sync",
    "trenza.portals.field",
    "trenza.apps.people",
    "trenza.apps.places",
    "trenza.apps.programmes",
    "trenza.apps.learning",
    "trenza.apps.sessions",
    "trenza.portals.learner",
    "trenza.apps.admissions",
    "trenza.apps.accompaniment",
    "trenza.portals.public",
    "trenza.portals.trainer",
]
CLOUD_APPS = ["trenza.apps.credentials", "trenza.apps.impact"]
THIRD_PARTY_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
]
INSTALLED_APPS = [*FIELD_APPS, *CLOUD_APPS, *OFFICE_APPS, *THIRD_PARTY_APPS]

MIDDLEWARE = [
    "trenza.portals.field.pages.LessonPages",  # first: a lesson is answered from memory
    "trenza.portals.field.csp.SecurityHeaders",
    "trenza.portals.field.language.Language",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "trenza.apps.people.shared_computers.SharedComputers",
    "trenza.apps.people.profile_sessions.ProfileSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trenza.apps.people.card_sessions.CardSessions",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "trenza.portals.field.methods.MethodPages",
    "trenza.portals.field.elsewhere.NeedsInternet",
]

ROOT_URLCONF = "trenza.portals.urls"
WSGI_APPLICATION = "trenza.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trenza.portals.field.context.demonstration",
                "trenza.portals.field.context.appearance",
            ]
        },
    }
]

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: an acknowledged entry survives a power cut. recursive_triggers: INSERT OR REPLACE may not slip past
    # the triggers that keep the journal append-only.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; "
        # Pages of 4 KB that wait in the log before they are moved: fewer and larger turns for a busy hub.
        "PRAGMA wal_autocheckpoint=4000;"
    ),
}


def database(url: str) -> dict[str, Any]:
    """Django's settings for the database at `url` (sqlite:///PATH or postgres://…)."""
    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), **SQLITE_OPTIONS}
    settings["CONN_MAX_AGE"] = 600
    return settings


DATABASES = {"default": database(environment.text("TRENZA_DATABASE_URL", f"sqlite:///{HOME / 'trenza.sqlite3'}"))}

# Sign-in by a code (docs/decisions/0006-sign-in.md, 0021-phone-numbers-and-cards.md). Nobody has a password, and
# allauth signs nobody up.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["trenza.apps.people.backends.RoleBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mi/"
OFFICE_REDIRECT_URL = "/oficina/"  # for who works there
LOGOUT_REDIRECT_URL = "/"
# PINs. Nobody has a password.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
ACCOUNT_ADAPTER = "trenza.apps.people.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code itself shows that she reads the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300  # seconds
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
ACCOUNT_RATE_LIMITS = False  # they live in each process's memory; ours are in the database
# How many proxies stand in front and add to X-Forwarded-For; with 0 nobody is believed.
TRUSTED_PROXIES = int(environment.text("TRENZA_PROXIES", "0"))
# Send codes after the answer, so that its time tells nothing.
MAIL_LATER = False
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = HOME / "mail"  # where mail goes to files
# Texts to phones: a gateway where TRENZA_SMS_URL names one (trenza.settings.laptop writes them to files otherwise).
SMS_URL = environment.gateway("TRENZA_SMS_URL", environment.text("TRENZA_SMS_URL", ""))
SMS_USER = environment.text("TRENZA_SMS_USER", "")
SMS_PASSWORD = environment.text("TRENZA_SMS_PASSWORD", "")
SMS_SENDER = environment.text("TRENZA_SMS_SENDER", "")
SMS_A_DAY = int(environment.text("TRENZA_SMS_A_DAY", "2000"))  # each costs money
SMS_BACKEND = "http" if SMS_URL else "off"
SMS_LATER = bool(SMS_URL)
SMS_TIMEOUT = 20
SMS_FILE_PATH = HOME / "sms"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = HOME / "static"
MEDIA_ROOT = HOME / "media"
MEDIA_URL = "/media/"
FILES_ROOT = HOME / "files"
PRIVATE_ROOT = HOME / "private"  # never served as it is; shared by the web processes of a cell
# With what organisations sign credentials. Apart from all else: no backup holds it.
KEYS_ROOT = Path(environment.text("TRENZA_KEYS", str(HOME / "issuers")))
KEYS_PASSPHRASE = environment.text("TRENZA_KEYS_PASSPHRASE", "")  # blank: their files are not encrypted
# For whom `trenza backup` locks what it makes: public keys of age, else a passphrase.
BACKUP_RECIPIENTS = environment.words("TRENZA_BACKUP_RECIPIENTS")
BACKUP_PASSPHRASE = environment.text("TRENZA_BACKUP_PASSPHRASE", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

CSRF_FAILURE_VIEW = "trenza.portals.field.errors.csrf_failure"
SESSION_ENGINE = "trenza.core.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's previews are frames of its own pages
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"trenza": {"level": "INFO"}},
}

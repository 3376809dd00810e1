"""A cell: PostgreSQL, several processes, HTTPS in front. Secrets come from the environment."""

from trenza.settings import environment
from trenza.settings.base import *  # noqa: F403 (this is what a Django settings module is)
from trenza.settings.base import database

SECRET_KEY = environment.text("TRENZA_SECRET_KEY")
DATABASES = {"default": database(environment.text("TRENZA_DATABASE_URL"))}  # never a forgotten SQLite file
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = environment.flag("TRENZA_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
TRUSTED_PROXIES = int(environment.text("TRENZA_PROXIES", "1"))
MAIL_LATER = True
EMAIL_HOST = environment.text("TRENZA_SMTP_HOST")
EMAIL_PORT = int(environment.text("TRENZA_SMTP_PORT", "587"))
EMAIL_HOST_USER = environment.text("TRENZA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = environment.text("TRENZA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("TRENZA_SMTP_TLS", default=True)
DEFAULT_FROM_EMAIL = environment.text("TRENZA_MAIL_FROM")

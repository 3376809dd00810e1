"""What runs beside the web processes: the worker, the mail server, the proxy's certificate."""

import smtplib
import socket
import ssl
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib import import_module
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from trenza.cli.doctor.finding import Finding, good, warning, wrong
from trenza.cli.doctor.program import is_public
from trenza.core import clock, journal
from trenza.core.models import Cursor, Entry, Task

LATE = timedelta(minutes=10)
_SECONDS = 10
_SOON, _TOO_SOON = timedelta(days=20), timedelta(days=7)
_START = "Start it: systemctl start trenza-worker (or trenza worker); its log says why it ended."


def worker() -> Finding:
    """Whether what follows from entries is being done: nothing waits for long."""
    now = clock.now()
    cursors = dict(Cursor.objects.values_list("handler", "position"))
    read = min((cursors.get(each.handler, 0) for each in journal.all_reactions()), default=None)
    unread = None
    if read is not None:
        unread = (
            Entry.objects.filter(position__gt=read).order_by("position").values_list("recorded_at", flat=True).first()
        )
    if unread and now - unread > LATE:
        behind = journal.last_position() - (read or 0)
        return wrong(
            "worker", f"No worker has read the journal for {_minutes(now - unread)}; {behind} entries wait.", _START
        )
    waiting = Task.objects.filter(dead_at=None, run_after__lte=now - LATE)
    oldest = waiting.order_by("run_after").values_list("run_after", flat=True).first()
    if oldest:
        return wrong("worker", f"A task waits for {_minutes(now - oldest)}, {waiting.count()} in all.", _START)
    return good("worker", "Nothing waits.")


def dead_tasks() -> Finding:
    """Tasks that were given up."""
    dead = Task.objects.exclude(dead_at=None).count()
    if dead:
        return warning(
            "tasks",
            f"{dead} tasks were given up.",
            "trenza journal tasks names them; mend the cause, then trenza journal revive.",
        )
    return good("tasks", "None was given up.")


def mail() -> Finding:
    """Whether the mail server answers and knows us; no mail is sent."""
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        if is_public():
            return wrong(
                "mail", "Mail goes to files: nobody gets her code.", "Set TRENZA_SMTP_HOST and what goes with it."
            )
        return good("mail", "Goes to files; trenza code ADDRESS shows a code.")
    try:
        server = get_connection(fail_silently=False, timeout=_SECONDS)
        with closing(server):
            server.open()
    except (OSError, smtplib.SMTPException) as error:
        return wrong("mail", f"The mail server does not take us ({type(error).__name__}).", _of_mail(error))
    return good("mail", f"{settings.EMAIL_HOST or 'The mail server'} answers.")


def _of_mail(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "See TRENZA_SMTP_USER and TRENZA_SMTP_PASSWORD."
    if isinstance(error, smtplib.SMTPNotSupportedError | ssl.SSLError):
        return "See TRENZA_SMTP_TLS: the server offers no STARTTLS, or its certificate is not valid."
    return "See TRENZA_SMTP_HOST and TRENZA_SMTP_PORT, and that this machine may reach it (many hosts close port 25)."


def send_test(address: str) -> Finding:
    """Send a mail to `address`, which nothing writes down."""
    message = EmailMessage(
        subject="Trenza: test", body="This mail shows that Trenza can send mail. Nothing need be done.", to=[address]
    )
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        return wrong("test mail", f"It was not taken ({type(error).__name__}).", _of_mail(error))
    return good(
        "test mail", "It was taken. If it does not come, look at SPF and DKIM of TRENZA_MAIL_FROM, and at spam."
    )


def certificate() -> Finding:
    """How long the HTTPS certificate of the public address holds."""
    address = urlsplit(settings.PUBLIC_URL)
    if address.scheme != "https":
        return good("certificate", "Not needed without HTTPS.")
    try:
        ends = certificate_ends(address.hostname or "", address.port or 443)
    except ssl.SSLError:
        return wrong("certificate", "Browsers do not accept it.", "See the proxy's log: journalctl -u caddy")
    except OSError:
        return warning(
            "certificate",
            f"{address.hostname} cannot be reached from here.",
            "See that the name leads to this machine, that ports 80 and 443 are open, and that the proxy runs.",
        )
    left = ends - clock.now()
    shown = f"Holds for {left.days} more days."
    remedy = "The proxy should have renewed it: journalctl -u caddy; port 80 must be open."
    if left < _TOO_SOON:
        return wrong("certificate", shown, remedy)
    return warning("certificate", shown, remedy) if left < _SOON else good("certificate", shown)


def certificate_ends(host: str, port: int) -> datetime:
    """When the certificate ends that a browser would be shown.

    Raises:
        OSError: nobody answers; ssl.SSLError (one of them): it is not valid.
    """
    context = ssl.create_default_context()
    plain = socket.create_connection((host, port), timeout=_SECONDS)
    with plain, context.wrap_socket(plain, server_hostname=host) as wrapped:
        ends = str((wrapped.getpeercert() or {}).get("notAfter"))
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)


def _minutes(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"


def keys() -> Finding:
    """Whether each organisation whose certificates wait can sign them."""
    if not apps.is_installed("trenza.apps.credentials"):
        return good("signing keys", "Not needed on a hub.")
    waiting = import_module("trenza.apps.credentials.api").waiting_for_keys()
    if any(each.unreadable for each in waiting):
        return wrong(
            "signing keys",
            f"{sum(each.count for each in waiting)} credentials wait: a key is here and cannot be read.",
            "See TRENZA_KEYS_PASSPHRASE, and that the files of TRENZA_KEYS belong to this user; trenza keys list names "
            "it. The key before it is not used in its place.",
        )
    if waiting:
        return warning(
            "signing keys",
            f"{sum(each.count for each in waiting)} credentials wait for a signature.",
            "trenza keys create PROGRAMME ORGANISATION, for who organises it; trenza keys list names them.",
        )
    return good("signing keys", "Nothing waits for a signature.")


WITH_DATABASE = (worker, dead_tasks, keys)
CHECKS = (mail, certificate)

"""Send the mail or the text that carries a sign-in code, or a guardian's link; on a laptop, find a code again.

Nothing here writes an address or a code into a log.
"""

import email.message
import email.policy
import logging
import re
import smtplib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from trenza.apps.messaging.api import latest_text, send_sms
from trenza.apps.people.actions.attempts import count_text
from trenza.apps.people.models.account import normal_email
from trenza.apps.people.phones import normal_phone
from trenza.core import ids

logger = logging.getLogger(__name__)

# Django's file outbox writes this line after each mail.
_BETWEEN_MAILS: Final = b"-" * 79
_CODE: Final = re.compile(r"(?<!\d)\d{6}(?!\d)")
# Two mails at a time; more would only crowd the mail server.
_later: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")


def send_code(*, to: str, code: str) -> None:
    """Send a code in the language of the moment. Others may read her mail: it says nothing of whom it is from or for.

    With MAIL_LATER it is sent after the answer, so that the time of the answer does not tell a known address from an
    unknown one. That the mail server refuses is logged and not raised, for the same reason; she may ask again.
    """
    message = EmailMessage(
        # Translators: subject of a mail that others may see: it must not name a programme, or say for whom it is.
        subject=_("Your code"),
        # Translators: body of the same mail. Neutral for the same reason; she knows which page asked her.
        body=_(
            "Your code is %(code)s\n\n"
            "Type it into the page where you asked for it. It works for 5 minutes.\n\n"
            "If you did not ask for it, you need not do anything."
        )
        % {"code": code},
        to=[to],
    )
    _send(message)


def text_code(*, to: str, code: str) -> None:
    """Send a code to a phone that others may read, as neutral as the mail. Each text costs money: beyond the day's
    ceiling none is sent, and the page says nothing else than before."""
    if not count_text(known=True):
        logger.error("no text was sent: TRENZA_SMS_A_DAY is reached")
        return
    # Translators: a text (SMS) on a phone that others may see: neutral, and short: 70 letters are one text.
    text = _("Your code is %(code)s. It works for 5 minutes.") % {"code": code}
    send_sms(to=to, text=text, key=str(ids.new_id()))


def text_nobody() -> None:
    """What takes the place of a text to a number that nobody has: the same work, and no text."""
    count_text(known=False)


def send_guardian_link(*, to: str, link: str, days: int, language: str) -> None:
    """Send a guardian the link by which she answers. Others may read her mail: it names nobody and no programme."""
    with translation.override(language):
        message = EmailMessage(
            # Translators: subject of a mail to an adult who looks after a minor; others may see it.
            subject=_("A question for you"),
            # Translators: body of the same mail. Neutral: it must not say who asks, or for what. To one person, formal.
            body=_(
                "Somebody whom you look after asks you to read this page and to answer yes or no:\n\n%(link)s\n\n"
                "The link works once, for %(days)s days.\n\n"
                "If you did not expect this message, you need not do anything."
            )
            % {"link": link, "days": days},
            to=[to],
        )
    _send(message)


def _send(message: EmailMessage) -> None:
    if settings.MAIL_LATER:
        _later.submit(_deliver, message)
    else:
        _deliver(message)


def _deliver(message: EmailMessage) -> None:
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        # Neither the error's words nor its traceback: a refusal quotes the address.
        logger.error("a mail could not be sent: %s", type(error).__name__)
        return
    folder = _folder()
    if folder:
        logger.info("a mail was sent; on this laptop it is in %s", folder)


def latest_code(address: str) -> str | None:
    """The newest code sent to `address` (or number), from the files; None where nothing goes there, or no code did."""
    phone = normal_phone(address)
    if phone:
        texted = _CODE.search(latest_text(phone) or "")
        return texted.group() if texted else None
    folder, wanted = _folder(), normal_email(address)
    if folder is None or not folder.is_dir():
        return None
    for path in sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True):
        for part in reversed(path.read_bytes().split(_BETWEEN_MAILS)):
            message = email.message_from_bytes(part.strip(), policy=email.policy.default)
            body = message.get_body(("plain",)) if normal_email(message["To"] or "") == wanted else None
            found = _CODE.search(body.get_content()) if body else None
            if found:
                return found.group()
    return None


def _folder() -> Path | None:
    """The folder of the file outbox, where mail goes to one."""
    if not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return None
    return Path(settings.EMAIL_FILE_PATH)

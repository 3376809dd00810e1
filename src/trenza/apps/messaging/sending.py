"""Send a text to a phone: at once to a file, or after the answer to a gateway."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from django.conf import settings

from trenza.apps.messaging import files, gateway

logger = logging.getLogger(__name__)

# Two texts at a time; more would only crowd the gateway.
_later: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="sms")


def can_send() -> bool:
    """Whether this installation can write to phones."""
    return str(settings.SMS_BACKEND) != "off"


def send_sms(*, to: str, text: str, key: str) -> None:
    """Send `text` to `to` (E.164), once for each `key`, which names it to the other side.

    With SMS_LATER it is sent after the answer, so that the time of the answer does not tell a known number from an
    unknown one. Nothing is raised: what failed is logged by its type, without number or text, and is not sent again.
    """
    if settings.SMS_LATER:
        _later.submit(_deliver, to, text, key)
    else:
        _deliver(to, text, key)


def _deliver(to: str, text: str, key: str) -> None:
    try:
        if settings.SMS_BACKEND == "http":
            gateway.send(to, text, key)
        elif settings.SMS_BACKEND == "files":
            files.write(to, text, key)
            logger.info("a text was written; on this laptop it is in %s", settings.SMS_FILE_PATH)
    except (OSError, gateway.Refused) as error:
        # Neither the error's words nor its traceback: they may quote the number or the password.
        logger.error("a text could not be sent: %s", type(error).__name__)


def latest_text(to: str) -> str | None:
    """The newest text to `to` (E.164) among the files; None where texts do not go to files, or there is none."""
    return files.latest(to) if settings.SMS_BACKEND == "files" else None

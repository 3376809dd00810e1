"""Hand a text to a gateway that speaks as Kannel's `sendsms` does, which many providers imitate.

https://www.kannel.org/download/1.4.5/userguide-1.4.5/userguide.html#AEN5070, "Sending MT SMS over HTTP": a GET whose
parameters say everything. So the gateway's own log holds numbers and texts, as it must; between us and it there has to
be HTTPS, or nothing but this machine.
"""

import http.client
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings

# What the alphabet of GSM 03.38 and ASCII have in common. Anything else goes as UCS-2, 70 characters to a text.
_SEVEN_BITS: Final = frozenset(
    "@$_!\"#%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz \n"
)
_ANSWER_READ: Final = 1_000


class Refused(Exception):
    """The gateway answered that it does not take the text."""


def send(to: str, text: str, key: str) -> None:
    """Hand it over.

    Raises:
        Refused: the gateway does not take it, or did not answer as one.
        OSError: it cannot be reached in SMS_TIMEOUT seconds.
    """
    parts = urlsplit(settings.SMS_URL)
    maker = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = maker(parts.hostname or "", parts.port, timeout=settings.SMS_TIMEOUT)
    try:
        query = "&".join(filter(None, [parts.query, _query(to, text, key)]))
        connection.request("GET", f"{parts.path or '/'}?{query}", headers={"User-Agent": "Trenza"})
        answer = connection.getresponse()
        answer.read(_ANSWER_READ)
    except http.client.HTTPException:
        raise Refused from None
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        raise Refused


def _query(to: str, text: str, key: str) -> str:
    """`coding=2` is UCS-2; `binfo` carries the key, by which the gateway's log can be read beside ours."""
    wide = not _SEVEN_BITS.issuperset(text)
    said = {
        "username": settings.SMS_USER,
        "password": settings.SMS_PASSWORD,
        "from": settings.SMS_SENDER,
        "to": to,
        "text": text,
        "charset": "UTF-8",
        "coding": "2" if wide else "0",
        "binfo": key,
    }
    return urlencode({name: value for name, value in said.items() if value})

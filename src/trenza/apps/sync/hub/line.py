"""On the hub: the line to its cell."""

import base64
import http.client
import ipaddress
import json
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from trenza.apps.sync.hub.errors import LineError
from trenza.apps.sync.hub.messages import MOST_SENT
from trenza.apps.sync.hub.upstream import Credentials

TIMEOUT: Final = 60
MESSAGES: Final = "application/msgpack"
_MOST_TOLD: Final = 2_000
_BY_CLOCK: Final = frozenset({9, 10})
"""What OpenSSL calls a certificate that is not in force yet, and one that is not any more."""


class Line(Protocol):
    """How a message gets to the cell and its answer back. `used` are the bytes both ways, headers too; `date` is what
    the cell's clock said in its last answer."""

    used: int
    date: datetime | None

    def ask(self, message: bytes) -> bytes:
        """The cell's answer.

        Raises:
            LineError: see there.
        """


class HttpLine:
    """A connection that stays open for a visit. `token` travels in the Authorization header alone.

    Raises:
        LineError: `address`, the URL is none to which a token may be sent.
    """

    def __init__(self, url: str, token: bytes, *, timeout: float = TIMEOUT) -> None:
        self.used = 0
        self.date: datetime | None = None
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise LineError("address")
        if parts.scheme == "http" and not _is_loopback(parts.hostname):
            raise LineError("address")
        maker = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = maker(parts.hostname, parts.port, timeout=timeout)
        self._path = parts.path.rstrip("/")
        self._token = token

    def ask(self, message: bytes) -> bytes:
        """POST /hub/sync."""
        return self._post("/hub/sync", message, MESSAGES)

    def ask_json(self, path: str, content: dict[str, Any]) -> dict[str, Any]:
        """POST JSON, before there is a pairing."""
        answered = json.loads(self._post(path, json.dumps(content).encode(), "application/json"))
        if not isinstance(answered, dict):
            raise LineError("not_the_cell")
        return answered

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _post(self, path: str, body: bytes, kind: str) -> bytes:
        headers = {"Content-Type": kind, "Accept-Encoding": "identity"}
        if self._token:
            headers["Authorization"] = f"Bearer {base64.urlsafe_b64encode(self._token).rstrip(b'=').decode()}"
        try:
            self._connection.request("POST", self._path + path, body, headers)
            answer = self._connection.getresponse()
            content = answer.read(MOST_SENT + 1)
        except TimeoutError:
            self._connection.close()
            raise LineError("timeout") from None
        except ssl.SSLCertVerificationError as error:
            self._connection.close()
            raise LineError("clock" if error.verify_code in _BY_CLOCK else "certificate") from None
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise LineError("unreachable") from None
        self.used += len(body) + len(content) + _size_of_heads(path, headers, answer)
        self.date = _date(answer.headers.get("Date", ""))
        if answer.status == 200 and answer.headers.get("Content-Type", "").partition(";")[0] == kind:
            return content
        self._connection.close()
        raise _error(answer, content)


def pair_over(line: HttpLine, *, code: str, device: UUID, recipient: str, program: str) -> Credentials:
    """Ask the cell to pair.

    Raises:
        LineError: `code` and `centre_has_hub` are what the cell says; see there for others.
    """
    told = line.ask_json(
        "/hub/pair", {"v": 1, "code": code, "device": device.hex, "recipient": recipient, "program": program}
    )
    try:
        return Credentials(
            hub=UUID(hex=told["hub"]), name=str(told["name"]), centre=UUID(hex=told["centre"]),
            token=_bytes(told["token"]), secret=_bytes(told["secret"]), recipient=str(told["cell"]["recipient"]),
            cell=str(told["cell"]["id"]), cell_public=_bytes(told["cell"]["public"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        raise LineError("not_the_cell") from None


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def _date(header: str) -> datetime | None:
    with suppress(ValueError):
        found = parsedate_to_datetime(header)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _size_of_heads(path: str, headers: dict[str, str], answer: http.client.HTTPResponse) -> int:
    """About what the heads of request and answer took: what the client adds to ours is 90 bytes and some."""
    asked = len(path) + 110 + sum(len(name) + len(value) + 4 for name, value in headers.items())
    return asked + 17 + sum(len(name) + len(value) + 4 for name, value in answer.getheaders())


def _error(answer: http.client.HTTPResponse, content: bytes) -> LineError:
    """What the cell says, in JSON. Anything else is somebody else's page: the portal of a Wi-Fi, a proxy."""
    try:
        code = str(json.loads(content[:_MOST_TOLD])["error"])
    except (ValueError, KeyError, TypeError):
        code = "not_the_cell" if answer.status < 500 else "unreachable"
    wait = answer.headers.get("Retry-After", "")
    return LineError(code, retry_after=int(wait) if wait.isdecimal() else 0)

"""One file from an address that the operator typed; nothing that a file names is ever fetched."""

import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import urlsplit

_SECONDS: Final = 10
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_ACCEPT: Final = "application/vc, application/vc+jwt, application/ld+json, application/json, application/pdf, image/*"


class NotFetched(Exception):
    """It could not be had; the text says why, and what to do."""


def is_address(text: str) -> bool:
    """Whether the operator means an address rather than a file."""
    return text.startswith(("https://", "http://"))


def fetch(address: str, *, most: int) -> bytes:
    """What stands there, at most `most` bytes, within ten seconds for each answer of the line.

    Raises:
        NotFetched: as it says.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise NotFetched("Only https: is fetched, so that nobody on the way can change it.")
    asked = urllib.request.Request(address, headers={"Accept": _ACCEPT, "User-Agent": "trenza"})
    opener = urllib.request.build_opener(_SameHost(parts.hostname or ""))
    try:
        with opener.open(asked, timeout=_SECONDS) as answer:
            data: bytes = answer.read(most + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise NotFetched(f"It could not be fetched: {error}") from error
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        raise NotFetched(f"It could not be fetched: {error}") from error
    if len(data) > most:
        raise NotFetched(f"It has more than {most // 1_048_576} MB.")
    return data


class _SameHost(urllib.request.HTTPRedirectHandler):
    """An answer may lead on within its host. Elsewhere, a network of ours among it, it does not lead us."""

    def __init__(self, host: str) -> None:
        self._host = host

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        parts = urlsplit(newurl)
        if parts.hostname != self._host or (parts.scheme != "https" and parts.hostname not in _LOOPBACK):
            fp.close()
            raise NotFetched(f"It leads elsewhere: {newurl}\nIf you trust that address, give it instead.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)

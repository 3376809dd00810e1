"""The codes on certificates: how they are read back from paper, and where they lead."""

import re

from django.conf import settings

LENGTH = 26
PATH = "certificado/"

_BETWEEN = re.compile(r"[\s\-‐‑–—.·]+")
# Crockford's base 32: what looks alike is read as the digit, and there is no U.
_LOOK_ALIKE = str.maketrans("OIL", "011")
_CANONICAL = re.compile(rf"[0-9A-HJKMNP-TV-Z]{{{LENGTH}}}")
_LINK = re.compile(rf"/{PATH}([^/?#\s]{{1,60}})", re.IGNORECASE)


def canonical(typed: str) -> str | None:
    """The code that somebody meant: small letters, spaces, hyphens, O for 0, I or L for 1. None where it is no code."""
    code = _BETWEEN.sub("", typed[:200]).upper().translate(_LOOK_ALIKE)
    return code if _CANONICAL.fullmatch(code) else None


def code_in(pasted: str) -> str | None:
    """The code that somebody typed, or that the link of a certificate's page leads to. None where it is neither."""
    link = _LINK.search(pasted)
    return canonical(pasted) or (canonical(link[1]) if link else None)


def grouped(code: str) -> str:
    """The code as one reads it aloud: K7QX-3M9Z-…"""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def verification_url(code: str) -> str:
    """The address that is printed on the certificate, so it may never change: its page says whether it holds."""
    return f"{settings.PUBLIC_URL}/{PATH}{code}/"


def code_of(address: str) -> str:
    """The code in an address as `verification_url` writes it; blank where the address is not ours."""
    code = address.removeprefix(f"{settings.PUBLIC_URL}/{PATH}")
    return canonical(code.rstrip("/")) or "" if code != address else ""

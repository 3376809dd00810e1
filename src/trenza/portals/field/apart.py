"""Modules that one page alone needs, and that no other phone keeps: they would be paid for by who never opens it.

Like `modules.py`: under an address that changes with any byte of them, so that a page and its modules are of one
version. The worker keeps them for whoever opened that page (assets/worker/keep.js).
"""

import gzip
import hashlib
from functools import cache
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from trenza.core.access import public
from trenza.portals.field import fixed, inline

FOLDER: Final = inline.ASSETS / "apart"
_BY_OTHERS: Final = "/*!"
"""So begins what others wrote, made small already: it stays as it is."""


@cache
def sources() -> dict[str, str]:
    """Every module by its name."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js"))}
    return {name: text if text.startswith(_BY_OTHERS) else inline.small_js(text) for name, text in texts.items()}


@cache
def version() -> str:
    """Twelve hexadecimal digits that change with any byte of any module."""
    return hashlib.sha256("\0".join(f"{name}\0{text}" for name, text in sources().items()).encode()).hexdigest()[:12]


def address(name: str) -> str:
    """Where the module stands in this version."""
    return f"/app/aparte/{version()}/{name}"


@public
@require_safe
def module(request: HttpRequest, asked: str, name: str) -> HttpResponse:
    """One module. Another version than ours is not here: its page has it in the worker's cache."""
    if asked != version() or name not in sources():
        raise Http404
    kind = "text/javascript; charset=utf-8"
    return fixed.answer(request, sources()[name].encode(), packed(name), kind=kind, etag=f"{asked}-{name}")


@cache
def packed(name: str) -> bytes:
    """The module, compressed."""
    return gzip.compress(sources()[name].encode(), 9, mtime=0)

"""The small ES modules that pages load once they are usable, under an address that changes with any byte of them; and
the look of questions that few lessons have, which comes with their module.

Modules import each other by relative names, so a page and its modules are always of one version.
"""

import gzip
import hashlib
from functools import cache
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from trenza.core.access import public
from trenza.portals.field import fixed, inline, prices, words

FOLDER: Final = inline.ASSETS / "phone"


@cache
def sources() -> dict[str, str]:
    """Every module, made small, by its name; among them the words in each language, and prices."""
    found = {path.name: inline.small_js(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.js"))}
    found["prices.js"] = prices.module()
    return found | {f"words-{language}.js": words.module(language) for language, _ in settings.LANGUAGES}


@cache
def version() -> str:
    """Twelve hexadecimal digits that change with any byte of any module."""
    return hashlib.sha256("\0".join(f"{name}\0{text}" for name, text in sources().items()).encode()).hexdigest()[:12]


def address(name: str) -> str:
    """Where the module stands in this version."""
    return f"/app/{version()}/{name}"


@public
@require_safe
def module(request: HttpRequest, asked: str, name: str) -> HttpResponse:
    """One module. Another version than ours is not here: its pages have it in their worker's cache."""
    if asked != version() or name not in sources():
        raise Http404
    kind = "text/css; charset=utf-8" if name.endswith(".css") else "text/javascript; charset=utf-8"
    return fixed.answer(request, sources()[name].encode(), _packed(name), kind=kind, etag=f"{asked}-{name}")


@cache
def _packed(name: str) -> bytes:
    return gzip.compress(sources()[name].encode(), 9, mtime=0)

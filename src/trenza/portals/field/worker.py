"""The worker on her phone: its script, and the parts of the shell that it joins lessons with (docs/phone.md)."""

import gzip
import hashlib
import json
import re
from functools import cache, lru_cache
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from trenza.core.access import public
from trenza.portals.field import csp, fixed, inline, modules, phone_page
from trenza.portals.field.shell import shell

_SOURCES: Final = ("worker/keep.js", "worker/packs.js", "worker/answer.js")
_LANGUAGE: Final = re.compile(r"[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,3}")


@cache
def version() -> str:
    """Twelve hexadecimal digits that change with any byte of a module, of the shell, or of its pages."""
    pages = [phone_page.etag(page, code) for page in phone_page.PAGES for code, _ in settings.LANGUAGES]
    parts = [modules.version(), *_usual_shells().values(), *pages, csp.LESSON_POLICY, csp.FIELD_POLICY, _code()]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


@cache
def script() -> str:
    """The worker: what belongs to this version, then its code."""
    ours = {
        "version": version(),
        "phone": modules.address("phone.js"),
        "page": phone_page.PHONE,
        "certificates": phone_page.CERTIFICATES,
        "pages": list(phone_page.PAGES),
        "shell": _shell_address(),
        "files": [*map(modules.address, modules.sources()), _shell_address()],
        "headers": {
            **csp.HEADERS,
            "Cache-Control": "no-cache",
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": csp.LESSON_POLICY,
        },
    }
    return f"const OURS = {json.dumps(ours)};\n{_code()}"


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script. A browser asks for it with each page that she opens, and gets 304 until there is another version."""
    etag = f'W/"{version()}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(script(), content_type="text/javascript; charset=utf-8", headers=headers)


@public
@require_safe
def shell_parts(request: HttpRequest, asked: str) -> HttpResponse:
    """What stands around a lesson in the usual languages, or in the one that is asked for, by language."""
    language = request.GET.get("language", "")
    if asked != version() or (language and not _LANGUAGE.fullmatch(language)):
        raise Http404
    plain, packed = _parts(language)
    return fixed.answer(request, plain, packed, kind="application/json", etag=f"{asked}-{language}")


@lru_cache(maxsize=32)
def _parts(language: str) -> tuple[bytes, bytes]:
    shells = {language: shell(language)._asdict()} if language else _usual_shells()
    plain = json.dumps(shells, ensure_ascii=False, separators=(",", ":")).encode()
    return plain, gzip.compress(plain, 9, mtime=0)


def _usual_shells() -> dict[str, dict[str, str]]:
    return {code: shell(code)._asdict() for code, _ in settings.LANGUAGES}


def _shell_address() -> str:
    return f"/app/{version()}/shell.json"


@cache
def _code() -> str:
    sources = (inline.small_js((inline.ASSETS / name).read_text(encoding="utf-8")) for name in _SOURCES)
    return "\n".join(sources) + "\n"

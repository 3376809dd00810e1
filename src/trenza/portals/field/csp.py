"""The headers that keep a page of ours ours. Django has its own Content-Security-Policy only from 6.0.

Field pages run what the server sent and nothing else: inline style and script are allowed by hash, so an injected
script or style attribute does nothing, in whatever text it arrived.

The office (Wagtail 8) gets another policy, because Wagtail's admin needs it:
- `style-src 'unsafe-inline'`: its scripts add <style> elements (tooltips), and some templates have style attributes;
- `img-src blob: data:`: previews of uploaded images, and icons in its style sheets;
- `frame-src` and `frame-ancestors 'self'`: its preview panel shows pages of this site in a frame.
Scripts there come from files of this site alone. Wagtail's inline panels and multiple choosers print inline scripts,
which this refuses: a view that uses one must bring its script as a file.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import has_vary_header

from trenza.portals.field import inline

OFFICE: Final = "/oficina/"


def connect(domain: str) -> str:
    """Whom scripts may ask beside us: hubs, where they have names under a domain (docs/phone.md)."""
    return f"connect-src 'self' https://*.{domain};" if domain else ""


def _policy(*, script: str, style: str) -> str:
    return (
        f"default-src 'self';script-src {script};style-src {style};img-src 'self' data:;{connect(settings.HUB_DOMAIN)}"
        "object-src 'none';base-uri 'none';frame-ancestors 'none';form-action 'self'"
    )


FIELD_POLICY: Final = _policy(
    script=f"'self' {inline.csp_hash(inline.SCRIPT)} {inline.csp_hash(inline.VEIL)}",
    style=f"'self' {inline.csp_hash(inline.LOOK)}",
)
_LESSON_SCRIPTS: Final = f"'self' {inline.csp_hash(inline.SCRIPT)} {inline.csp_hash(inline.LESSON_SCRIPT)}"
LESSON_POLICY: Final = _policy(
    script=_LESSON_SCRIPTS, style=f"{inline.csp_hash(inline.LESSON_LOOK)} {inline.csp_hash(inline.KINDS_LOOK)}"
)
TEACHING_POLICY: Final = _policy(
    script=_LESSON_SCRIPTS, style=f"{inline.csp_hash(inline.LESSON_LOOK)} {inline.csp_hash(inline.TEACHING_LOOK)}"
)
"""For slides and handouts, which have a look beside the lesson's."""
OFFICE_POLICY: Final = (
    "default-src 'self';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data: blob:;"
    "frame-src 'self';object-src 'none';base-uri 'none';frame-ancestors 'self';form-action 'self'"
)
FILE_POLICY: Final = "default-src 'none';style-src 'unsafe-inline';frame-ancestors 'none'"
"""For an SVG opened by itself: it may be drawn, and nothing in it runs."""

# Referrer-Policy: under no-referrer the Origin of a post becomes null, and a lesson's answers would not be trusted.
HEADERS: Final = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(),geolocation=(),microphone=(),payment=(),usb=()",
}


class SecurityHeaders:
    """Sets what a response does not already say. A PDF gets no policy: browsers' viewers are pages that it breaks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and has_vary_header(response, "Cookie"):
            # Made for whoever is signed in: on a shared phone nobody finds it in the cache or behind "back".
            response.headers.setdefault("Cache-Control", "private, no-store")
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if kind == "text/html":
            # Error pages are the field's, in the office too.
            in_office = request.path_info.startswith(OFFICE) and response.status_code < 400
            policy = OFFICE_POLICY if in_office else FIELD_POLICY
            response.headers.setdefault("Content-Security-Policy", policy)
        elif kind == "image/svg+xml":
            response.headers.setdefault("Content-Security-Policy", FILE_POLICY)
        return response

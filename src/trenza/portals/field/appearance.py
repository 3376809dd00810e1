"""Under what name and icon this is on her phone: ours, or a neutral one that she chose.

Whoever glances at her phone reads the title of a tab, the icon, the word in the bar and the name on the home screen.
A cookie that holds a word of `LOOKS` and nothing personal changes all four. Scripts read it too, for pages that are
the same bytes for everybody (assets/phone/appearance.js). An unknown word is our own look.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trenza.portals.field.inline import ASSETS

COOKIE: Final = "look"
_A_YEAR: Final = 31_536_000
PNG_SIZES: Final = (180, 192, 512)
"""What iOS and installed apps ask for, in pixels."""


@dataclass(frozen=True)
class Look:
    """A name and an icon. `code` stands in the cookie; ours is `trenza`, and what the cookie's absence means."""

    code: str
    name: str | Promise

    @property
    def is_neutral(self) -> bool:
        """Whether it hides what this is."""
        return self.code != OURS

    @property
    def svg(self) -> str:
        """Its icon as it is drawn."""
        return drawing(self.code)

    @property
    def icon(self) -> str:
        """Its icon as a data: address, so that a page asks for nothing."""
        return "data:image/svg+xml," + quote(self.svg, safe=" /:=<>';").replace("%22", "'").replace("%0A", "")

    @property
    def icons(self) -> list[dict[str, str]]:
        """Its icons for a web manifest, on this host. The maskable one has a ground and room around it."""
        found = [{"src": f"/iconos/{self.code}.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
        for size in (192, 512):
            address = {"src": f"/iconos/{self.code}-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
            found.append({**address, "purpose": "any maskable"})
        return found

    @property
    def touch_icon(self) -> str:
        """The icon that iOS puts on the home screen."""
        return f"/iconos/{self.code}-180.png"


OURS: Final = "trenza"
LOOKS: Final[dict[str, Look]] = {
    look.code: look
    for look in (
        Look(OURS, "Trenza"),
        # Translators: a neutral name for the app on her phone, like that of an ordinary one.
        Look("notas", _("My notes")),
        # Translators: a neutral name for the app on her phone, like that of an ordinary one.
        Look("recetas", _("Recipes")),
        # Translators: a neutral name for the app on her phone, like that of an ordinary one.
        Look("calculadora", _("Calculator")),
    )
}


def look_of(request: HttpRequest | None) -> Look:
    """The look that she chose on this phone; ours where she chose none, or there is no request."""
    chosen = request.COOKIES.get(COOKIE, "") if request is not None else ""
    return LOOKS.get(chosen) or LOOKS[OURS]


def keep_look(response: HttpResponse, code: str) -> None:
    """Show this phone's pages under that look from now on (an unknown one means ours). Scripts may read it."""
    look = LOOKS.get(code) or LOOKS[OURS]
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, look.code, max_age=_A_YEAR, secure=secure, httponly=False, samesite="Lax")


def neutral_looks() -> list[Look]:
    """Those to choose from beside ours."""
    return [look for look in LOOKS.values() if look.is_neutral]


@cache
def drawing(code: str) -> str:
    """The SVG of a look."""
    path = ASSETS / "icon.svg" if code == OURS else ASSETS / "looks" / f"{code}.svg"
    return path.read_text(encoding="utf-8").strip()


@cache
def picture(code: str, size: int) -> bytes:
    """The same as PNG, `size` pixels wide, on a ground of its own."""
    return (ASSETS / "looks" / f"{code}-{size}.png").read_bytes()

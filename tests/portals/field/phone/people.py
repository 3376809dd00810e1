"""What tests of people on one phone do, and the server's end of making a profile and opening a session."""

import base64
import json
from contextlib import suppress
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Route

from tests.portals.field.phone.conftest import load, profile

PINS = {"Ana": "2580", "Rosa": "1470"}
STATE: dict[str, Any] = {
    "digest": "d1",
    "name": "Ana",
    "country": "BO",
    "step": {"title": "Una contraseña fuerte", "course": "Segura", "url": "/l/a/", "minutes": 5, "kb": 12},
    "courses": [
        {
            "code": "segura",
            "title": "Segura",
            "version": "0123",
            "url": "/cursos/segura/",
            "pack": "/paquetes/segura/0123.json",
            "bytes": 300_000,
            "cost": "",
            "lessons": [
                {"id": "a" * 32, "code": "a", "title": "Una contraseña fuerte", "url": "/l/a/", "minutes": 5, "kb": 12}
                | {"counts": False, "exam": False, "score": None},
                {"id": "b" * 32, "code": "b", "title": "Dos pasos", "url": "/l/b/", "minutes": 1, "kb": 9}
                | {"counts": False, "exam": False, "score": None},
            ],
        }
    ],
}


class Door:
    """The server's end: `signed_in` is who is, by her name; `made` is every profile, `entered` every token that came in."""

    def __init__(self, context: BrowserContext) -> None:
        self.signed_in: str | None = None
        self.made: list[dict[str, Any]] = []
        self.bodies: list[dict[str, Any]] = []
        self.entered: list[str] = []
        self.cut = self.holds = False
        self.held: list[Route] = []
        context.route("**/telefono/registrar", self._register)
        context.route("**/telefono/entrar", self._enter)

    def _register(self, route: Route) -> None:
        self.bodies.append(json.loads(route.request.post_data or "{}"))
        if self.signed_in is None:
            return route.fulfill(status=401, json={"error": "not_signed_in"})
        answer = profile(len(self.made) + 1) | {"name": self.signed_in, "who": f"{hash_of(self.signed_in):032x}"}
        answer.pop("key")
        self.made.append(answer)
        return route.fulfill(json=answer)

    def _enter(self, route: Route) -> None:
        if self.cut:
            return route.abort()
        if self.holds:
            return self.held.append(route)
        self.entered.append(route.request.headers["authorization"].removeprefix("Bearer "))
        return route.fulfill(json={})


    def release(self) -> None:
        """Answer what was held, each time with a cookie that names the first profile."""
        for route in self.held:
            with suppress(Error):  # whoever asked has given up
                route.fulfill(json={}, headers={"Set-Cookie": f"profile={self.made[0]['profile']};path=/"})


def hash_of(name: str) -> int:
    return int.from_bytes(name.encode()[:8], "big")


def register(page: Page, door: Door, name: str, *, reset: bool = False) -> None:
    """She, signed in, chooses her PIN on this phone."""
    door.signed_in = name
    wish = json.dumps({"reset": reset})
    page.evaluate(f"async () => {{ await {load('people.js')}.register('{PINS[name]}', {wish}); }}")


def people(page: Page, call: str) -> Any:
    """What the interface of people.js answers, as JSON."""
    return page.evaluate(f"async () => {{ const people = {load('people.js')}; return await {call}; }}")


def cookie(page: Page, name: str = "profile") -> str | None:
    return next((str(each["value"]) for each in page.context.cookies() if each["name"] == name), None)


def everything_kept(page: Page) -> str:
    """All that the phone keeps, in every store and storage, as text; bytes as they would read."""
    found: str = page.evaluate(
        f"""async () => {{
            const {{ all }} = {load("store.js")};
            const text = (_, value) => value instanceof Uint8Array ? String.fromCharCode(...value) : value;
            const stores = ["people", "outbox", "state", "packs", "downloads", "meta"];
            const kept = await Promise.all(stores.map(all));
            return JSON.stringify([kept, {{ ...sessionStorage }}, {{ ...localStorage }}, document.cookie], text);
        }}"""
    )
    return found


def readable(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

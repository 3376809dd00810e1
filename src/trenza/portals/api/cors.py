"""At a hub: pages of its cell, which a phone kept, may hand in here what they cannot hand in there.

No credentials are allowed, and none are looked at: what is handed in is sealed for the cell and proved by the phone's
secret, so a hub can neither read nor forge it, whoever brings it.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse

from trenza.apps.sync import api as sync

_AN_HOUR: Final = "3600"


def cell_origin(request: HttpRequest) -> str:
    """The origin of the request where this is a hub and it is a page of its cell's that asks; else blank."""
    origin = request.META.get("HTTP_ORIGIN", "")
    return origin if origin and origin == sync.origin_of_cell() else ""


def preflight(origin: str) -> HttpResponse:
    """What a browser asks before it lets the page ask; also whether a network at home may be asked from outside."""
    response = HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": "Content-Type, Content-Encoding",
            "Access-Control-Allow-Private-Network": "true",
            "Access-Control-Max-Age": _AN_HOUR,
        },
    )
    return allowed(response, origin)


def allowed(response: HttpResponse, origin: str) -> HttpResponse:
    """Let the page read the answer."""
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    response.headers["Vary"] = f"{response.headers['Vary']}, Origin" if response.has_header("Vary") else "Origin"
    return response

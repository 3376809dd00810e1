"""An address that takes only what a form sends, opened by hand or from the history: a page says what to do.

Whoever asks for no page (a phone's script, a hub) gets the bare answer.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from trenza.portals.field.errors import error_page


class MethodPages:
    """Middleware: gives an answer 405 to somebody's browser the words of our error pages. Its `Allow` stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or "text/html" not in request.headers.get("Accept", ""):
            return response
        page = error_page(response.status_code, request=request)
        page.headers["Allow"] = response.headers["Allow"]
        return page

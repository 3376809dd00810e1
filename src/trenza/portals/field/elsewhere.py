"""On a hub: what is decided at the cell alone is said in plain words, and nothing is lost."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from trenza.core.errors import NotTheAuthority
from trenza.portals.field.errors import needs_internet


class NeedsInternet:
    """Answers for views that would decide something here (`core.journal.record`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that says so; other exceptions are not ours."""
        return needs_internet(request) if isinstance(exception, NotTheAuthority) else None

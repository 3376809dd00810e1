"""That a session was opened by a code, and when: what that opens for a while, a PIN or a token does not."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest

from trenza.core import clock

_KEY: Final = "came_by_code_at"
LATELY: Final = timedelta(minutes=15)


def note_code(request: HttpRequest) -> None:
    """Remember that she came in by a code just now."""
    request.session[_KEY] = clock.now().timestamp()


def came_by_code_lately(request: HttpRequest) -> bool:
    """Whether this session was opened by a code within a quarter of an hour: a forgotten PIN may be chosen anew."""
    at = request.session.get(_KEY)
    return isinstance(at, float) and 0 <= clock.now().timestamp() - at <= LATELY.total_seconds()

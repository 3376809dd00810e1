"""Pages of certificates from memory: rendered once, then sent again for as long as all that they say is the same.

What a page says is part of its key, as it was read for this very request: what is taken back shows at the next look.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from trenza.portals.field.appearance import look_of
from trenza.portals.field.pages import accepts_gzip

ROOM: Final = 2_000
"""Pages that a process keeps, some 5 KB each."""

_kept: OrderedDict[Hashable, bytes] = OrderedDict()
_lock = Lock()


def answer(request: HttpRequest, says: Hashable, render: Callable[[], HttpResponse]) -> HttpResponse:
    """The page: the one in memory where it says the same, else what `render` makes, which is then kept.

    Who is signed in, or comes with a message or a query, gets a page that is made for this once.
    """
    made_for_one = {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()
    if (
        made_for_one
        or request.META.get("QUERY_STRING")
        or not accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    ):
        return render()
    key = (request.path_info, request.LANGUAGE_CODE, look_of(request).code, says)
    packed = _kept.get(key)
    if packed is None:
        response = render()
        packed = gzip.compress(response.content, 6, mtime=0)
        with _lock:
            _kept[key] = packed
            while len(_kept) > ROOM:
                _kept.popitem(last=False)
        response.content = packed
    else:
        response = HttpResponse(packed)
    response.headers["Content-Encoding"] = "gzip"
    return response


def forget_all() -> None:
    """Empty the memory: between tests."""
    with _lock:
        _kept.clear()

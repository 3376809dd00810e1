"""Trenza as it is served, with one more address: whoever opens it has the session that BENCH_SESSION names.

`pageweight.js` signs in by steps that it knows beforehand, and our codes come by mail. Every other address is answered
by the application itself.
"""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from trenza.wsgi import application as trenza

ADDRESS = "/bench/enter/"


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer."""
    if environ.get("PATH_INFO") != ADDRESS:
        return trenza(environ, start_response)
    cookie = f"sessionid={os.environ['BENCH_SESSION']}; Path=/; HttpOnly; SameSite=Lax"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", cookie), ("Cache-Control", "no-store")])
    return [b"in"]

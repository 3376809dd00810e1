"""A WSGI application that says the same to everybody: what the server can do when nobody thinks."""

import os
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

BODY = Path(os.environ["BENCH_BARE"]).read_bytes()
HEADERS = [
    (name, value)
    for name, _, value in (line.partition(": ") for line in os.environ["BENCH_BARE_HEADERS"].splitlines())
    if name not in {"date", "server"}  # the server writes its own
]


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer."""
    start_response("200 OK", HEADERS)
    return [BODY]

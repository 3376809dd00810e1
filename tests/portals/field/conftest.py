"""The sample pages, served to the test client and, for a browser, over HTTP on loopback."""

import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application

from tests.portals.field import sample
from trenza.portals.field import pages

TEMPLATES = Path(__file__).parent / "templates"


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what a browser asks for is not news in a test."""


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture(autouse=True)
def sample_site(settings) -> Iterator[None]:
    template = {**settings.TEMPLATES[0], "DIRS": [TEMPLATES]}
    # The catalogue's own words, not the database: none of these pages may need one.
    # Not override_settings: a test that changes a setting by the same fixture would bring these back after it.
    settings.ROOT_URLCONF, settings.TEMPLATES, settings.CSRF_USE_SESSIONS = sample.__name__, [template], False
    yield
    pages.forget_all()
    sample.POSTED.clear()
    sample.SENT.clear()


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """Where this process serves: the pages of whichever test runs. To stop a server takes half a second."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), Server, QuietHandler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def site(sample_site: None, served: str) -> str:
    """The address of the sample pages."""
    return served

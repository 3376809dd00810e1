"""Every field page is whole in one request: it loads nothing else before it is usable."""

import gzip
from typing import Any

import pytest
from django.test import Client

from bench import home, visitors
from bench.walk import Contents, walk
from trenza.apps.people.api import Account
from trenza.apps.programmes.api import programmes
from trenza.cli import simulator

LIGHT = 14_336 - 1_100  # what the status line and headers may take, apart


def see(client: Client, path: str) -> tuple[str, str | None]:
    response: Any = client.get(path, HTTP_ACCEPT_ENCODING="gzip")
    assert response.status_code < 500, path
    if response.status_code in (301, 302):
        return "", f'<a href="{response["Location"]}">'
    if not response["Content-Type"].startswith("text/html"):
        response.close()
        return "", None
    packed = response.get("Content-Encoding") == "gzip"
    assert len(response.content) <= LIGHT, path
    html = (gzip.decompress(response.content) if packed else response.content).decode()
    return html, html


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_field_pages_are_one_request_and_their_scripts_small():
    home.load_content()
    for programme in programmes():
        simulator.simulate(programme, people=8, seed="one request")
    starts = ["/", *home.lesson_paths(), *visitors.certificate_paths(), "/nowhere/"]
    clients = {"nobody": Client()}
    for email, who in (visitors.learners() | visitors.trainers()).items():
        clients[who] = Client()
        clients[who].force_login(Account.objects.get(email=email), "trenza.apps.people.backends.RoleBackend")

    seen = {}
    for who, client in clients.items():
        for path, html in walk(lambda path, client=client: see(client, path), starts):  # type: ignore[misc]
            contents = Contents(html)
            seen[path] = who
            assert (path, contents.loads) == (path, [])
            assert contents.script_bytes <= 5_120, path

    assert set(seen) >= {"/", "/mi/", "/entrar/", *starts}

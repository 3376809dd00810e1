"""The worker's script, the parts of the shell that it joins, and the manifest for the home screen."""

import gzip
import json
from typing import Any

import pytest
from django.test import Client

from trenza.portals.field import csp, modules, worker
from trenza.portals.field.shell import LessonFacts, lesson_document

pytestmark = pytest.mark.django_db


def ours(client: Client) -> dict[str, Any]:
    first, _, _ = client.get("/trabajador.js").content.decode().partition(";\n")
    return json.loads(first.removeprefix("const OURS = "))  # type: ignore[no-any-return]


def test_worker_names_what_belongs_to_its_version_and_all_of_it_is_there(client):
    found = ours(client)

    assert [client.get(address).status_code for address in [*found["files"], found["page"]]] == [200] * (
        len(modules.sources()) + 2
    )
    assert found["phone"] in client.get(found["page"]).content.decode()
    assert found["headers"]["Content-Security-Policy"] == csp.LESSON_POLICY


def test_worker_is_revalidated_each_time_and_costs_304(client):
    response = client.get("/trabajador.js")
    again = client.get("/trabajador.js", headers={"If-None-Match": response["ETag"]})

    assert (response["Content-Type"], response["Cache-Control"]) == ("text/javascript; charset=utf-8", "no-cache")
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("language", ["es", "en", "qu"])
def test_shell_parts_make_the_page_that_the_server_sends(client, language):
    parts = client.get(f"{ours(client)['shell']}?language={language}").json()[language]
    facts = LessonFacts("a1", "uno", "/mi/", 0.8)

    joined = f"{parts['before']}T{parts['between']}{facts.attributes}{parts['opening']}B{parts['tail']}"

    assert joined.encode() == lesson_document("B", title="T", language=language, facts=facts)


def test_usual_shell_parts_come_together_compressed_for_ever(client):
    response = client.get(ours(client)["shell"], headers={"Accept-Encoding": "gzip"})

    assert set(json.loads(gzip.decompress(response.content))) == {"es", "en"}
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["?language=../x", "?language=" + "a" * 50, "?language=%00"])
def test_shell_parts_of_no_language_or_another_version_are_not_there(client, query):
    assert client.get(ours(client)["shell"] + query).status_code == 404
    assert client.get("/app/000000000000/shell.json").status_code == 404


def test_version_of_the_worker_changes_with_any_byte_of_the_shell(monkeypatch):
    worker.version.cache_clear()
    before = worker.version()
    usual = worker._usual_shells()
    changed = {**usual, "es": {**usual["es"], "tail": usual["es"]["tail"] + " "}}
    monkeypatch.setattr(worker, "_usual_shells", lambda: changed)
    worker.version.cache_clear()

    assert worker.version() != before
    worker.version.cache_clear()


@pytest.mark.parametrize(
    ("cookie", "name"), [("", "Trenza"), ("notas", "Mis notas"), ("<script>", "Trenza"), ("trenza", "Trenza")]
)
def test_manifest_has_the_name_and_icons_that_she_chose(client, cookie, name):
    client.cookies["look"] = cookie
    response = client.get("/manifest.webmanifest")
    found = response.json()

    assert response["Content-Type"] == "application/manifest+json"
    assert (found["name"], found["start_url"], found["display"]) == (name, "/telefono/", "standalone")
    assert {client.get(icon["src"]).status_code for icon in found["icons"]} == {200}
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in found["icons"]}

"""The modules that pages load once they are usable."""

import gzip

from trenza.portals.field import modules


def test_module_stands_under_the_version_of_all_modules(client):
    response = client.get(modules.address("phone.js"))

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content.decode() == modules.sources()["phone.js"]


def test_module_is_sent_compressed_where_that_is_understood(client):
    response = client.get(modules.address("phone.js"), headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == modules.sources()["phone.js"]


def test_module_of_another_version_or_name_is_not_there(client):
    assert client.get("/app/000000000000/phone.js").status_code == 404
    assert client.get(modules.address("nothing.js")).status_code == 404
    assert client.get(modules.address("..%2Flook.css")).status_code == 404


def test_pages_name_the_module_that_they_load(client):
    assert f'data-phone="{modules.address("phone.js")}"' in client.get("/").content.decode()

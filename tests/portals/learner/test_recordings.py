"""Recordings as a browser fetches them."""

import pytest

from tests.apps.learning.content.examples import OPUS
from tests.portals.learner.scene import browser
from trenza.core import files

pytestmark = pytest.mark.django_db
NAME = "0123456789abcdef0123.opus"
DATA = OPUS + bytes(range(256)) * 1_000  # several pieces


@pytest.fixture(autouse=True)
def _kept():
    files.put(NAME, DATA)


def fetch(asked: str = "", name: str = NAME, method: str = "get"):
    headers = {"Range": asked} if asked else {}
    return getattr(browser(), method)(f"/archivos/{name}", headers=headers)


def test_recording_is_served_whole_for_ever_and_says_that_it_may_be_asked_for_in_ranges():
    found = fetch()

    assert (found.status_code, found.getvalue()) == (200, DATA)
    assert (found["Content-Type"], found["Content-Length"]) == ("audio/ogg; codecs=opus", str(len(DATA)))
    assert (found["Accept-Ranges"], found["Cache-Control"]) == ("bytes", "public, max-age=31536000, immutable")
    assert found["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, len(DATA) - 1),
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=70000-", 70_000, len(DATA) - 1),
        ("bytes=1000-99999999999", 1_000, len(DATA) - 1),
        ("bytes=-500", len(DATA) - 500, len(DATA) - 1),
        ("bytes=-99999999999", 0, len(DATA) - 1),
    ],
)
def test_range_of_a_recording(asked, first, last):
    found = fetch(asked)

    assert (found.status_code, found.getvalue()) == (206, DATA[first : last + 1])
    assert found["Content-Range"] == f"bytes {first}-{last}/{len(DATA)}"
    assert found["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", [f"bytes={len(DATA)}-", "bytes=9-3", "bytes=-0"])
def test_range_that_holds_nothing_is_416(asked):
    found = fetch(asked)

    assert (found.status_code, found["Content-Range"]) == (416, f"bytes */{len(DATA)}")


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=-", "bytes", "items=0-1", "bytes=a-b", "bytes=" + "9" * 99])
def test_range_that_cannot_be_read_gets_the_whole(asked):
    assert fetch(asked).getvalue() == DATA


@pytest.mark.parametrize(
    ("ending", "kind"),
    [("ogg", "audio/ogg"), ("m4a", "audio/mp4"), ("mp3", "audio/mpeg"), ("webm", "video/webm"), ("mp4", "video/mp4")],
)
def test_recording_has_the_type_that_browsers_play(ending, kind):
    files.put(f"0123456789abcdef0123.{ending}", b"data")

    found = fetch(name=f"0123456789abcdef0123.{ending}")

    assert (found.getvalue(), found["Content-Type"]) == (b"data", kind)


@pytest.mark.parametrize(
    "name", ["0123456789abcdef0123.html", "0123456789abcdef0123.xhtml", "ffffffffffffffffffff.opus"]
)
def test_what_is_no_recording_is_not_served(name):
    if not name.startswith("f"):
        files.put(name, b"<script>")

    assert fetch(name=name).status_code == 404

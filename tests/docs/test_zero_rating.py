"""One host for her whole journey: what docs/zero-rating.md promises to operators."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.urls import URLPattern, URLResolver, get_resolver

from trenza.portals.field import csp, inline, modules

ROOT = Path(__file__).resolve().parents[2]
PORTALS = ROOT / "src" / "trenza" / "portals"
DOCUMENT = (ROOT / "docs" / "zero-rating.md").read_text(encoding="utf-8")
FIELD = ["field", "public", "learner"]
TEMPLATES = sorted(path for portal in FIELD for path in (PORTALS / portal / "templates").rglob("*.html"))
STARTS = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
# Where a browser goes by itself, or posts to: everything but the address of a link that she follows.
ASKS = ("src", "srcset", "poster", "data", "action", "formaction", "background", "ping", "manifest")


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield path
        else:
            yield from addresses(each, path)


def first_part(path: str) -> str:
    """`/mi/` of `mi/historia/`, `/sync` of `sync`, `/` of nothing."""
    head, slash, _ = path.partition("/")
    return f"/{head}{slash}"


def asked_of_others(html: str) -> list[str]:
    """What a browser would ask another host for because of this page."""
    found = []
    for element in BeautifulSoup(html, "html.parser").find_all(True):
        names = ASKS if element.name in ("a", "area") else (*ASKS, "href", "xlink:href")
        found += [f"{element.name} {name}" for name in names if STARTS.match(str(element.get(name, "")).strip())]
    return found


def test_every_address_stands_in_the_table_and_no_other():
    documented = set(re.findall(r"`(/[\w.-]*/?)`", "".join(re.findall(r"^\| `/.*?\|", DOCUMENT, re.MULTILINE))))

    assert documented == {first_part(path) for path in addresses(get_resolver())}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_page_of_the_field_asks_no_other_host_before_she_leaves_by_a_link(path: Path):
    html = path.read_text(encoding="utf-8")

    assert asked_of_others(html) == []
    assert re.findall(r"""url\(\s*["']?https?:|@import""", html) == []


def test_a_page_that_asks_another_host_is_seen():
    for html in (
        '<img src="https://x.example/a.png">',
        '<link rel=stylesheet href="//x.example/a.css">',
        '<form action="HTTPS://x.example/">',
        '<a href="/" ping="https://x.example/">',
    ):
        assert len(asked_of_others(html)) == 1, html
    assert asked_of_others('<a href="https://x.example/">leave</a><img src="/a.png">') == []


@pytest.mark.parametrize("policy", [csp.FIELD_POLICY, csp.LESSON_POLICY, csp.FILE_POLICY])
def test_browser_would_refuse_any_other_host(policy: str):
    sources = {source for part in policy.split(";") for source in part.split()[1:]}

    assert {source for source in sources if not source.startswith("'")} <= {"data:", "blob:"}
    assert policy.startswith(("default-src 'self'", "default-src 'none'"))


def test_style_and_scripts_name_no_other_host():
    carried = [inline.LOOK, inline.SCRIPT, inline.LESSON_SCRIPT, *modules.sources().values()]

    assert [re.findall(r"""["'(]\s*(?:https?:)?//[\w.]+""", text) for text in carried] == [[]] * len(carried)

"""Walk every page that can be reached by links, as one visitor, and look at what a page loads."""

import re
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from typing import TypeVar
from urllib.parse import urldefrag, urljoin, urlsplit

# Not pages of the field: the office is for laptops, static files are its own.
NOT_FIELD = ("/oficina/", "/static/")
LOADED_BY = {"script", "iframe", "embed", "audio", "video", "img"}

_FETCHED_BY_STYLE = re.compile(r"""@import|url\(\s*["']?(?!data:|#)""")

Found = TypeVar("Found")


class Contents(HTMLParser):
    """What stands in a page: where it leads, what it loads before it is usable, how much script it carries."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.script_bytes = 0
        self._within = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Links and what is loaded. Not counted: images that wait (`loading=lazy`), what stands in the page, and
        modules, which a browser runs once the page is there."""
        self._within = tag if tag in {"script", "style"} else self._within
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag == "link" and not {"canonical", "alternate"} & set(given.get("rel", "").split()):
            self._loads(given.get("href", ""))
        elif tag in LOADED_BY and given.get("loading") != "lazy" and given.get("type") != "module":
            self._loads(given.get("src", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "script":
            self.script_bytes += len(data.encode())
        elif self._within == "style":
            self.loads += _FETCHED_BY_STYLE.findall(data)

    def _loads(self, address: str) -> None:
        if address and not address.startswith("data:"):
            self.loads.append(address)


def walk(fetch: Callable[[str], tuple[Found, str | None]], starts: Iterable[str]) -> Iterator[tuple[str, Found]]:
    """Every field page reachable from `starts` by links, each once: its path, and what `fetch` found there.

    `fetch` gives the page's HTML too, or None for what is no page; a redirect is a page that leads to its target.
    """
    waiting = list(starts)
    seen = set(waiting)
    while waiting:
        path = waiting.pop(0)
        found, html = fetch(path)
        if html is None:
            continue
        yield path, found
        for link in Contents(html).links:
            target = _own(path, link)
            if target and target not in seen:
                seen.add(target)
                waiting.append(target)


def _own(path: str, link: str) -> str | None:
    """The path of a link on this server, with its query; None for others'."""
    parts = urlsplit(urldefrag(urljoin(f"http://here{path}", link)).url)
    if parts.scheme != "http" or parts.netloc != "here" or parts.path.startswith(NOT_FIELD):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")

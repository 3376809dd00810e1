"""Where the links of a foreign course lead: outside, or to another of its pages, which may have become several."""

import posixpath
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_OUTSIDE = ("http:", "https:", "mailto:", "tel:")
_VIDEO_SITES = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|loom\.com|twitch\.tv|tiktok\.com)$"
)
_VIDEO_HOST = re.compile(r"(?:^|[.-])videos?(?:[.-]|$)")
_VIDEO_FILE = re.compile(r"\.(?:mp4|webm|mov|m4v|avi|mkv|ogv|mp3|ogg|wav|m4a)$", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"page--([0-9]{1,6})--of-this-course")
_LINK = re.compile(
    r"\[(?P<text>(?:[^\[\]\\]|\\.){0,2000})\]"
    r"\(page--(?P<markdown>[0-9]{1,6})--of-this-course(?: \"(?:[^\"\\]|\\.)*\")?\)"
    r"|<a href=\"page--(?P<html>[0-9]{1,6})--of-this-course\">"
)


def site_of(address: str) -> str:
    """The name of the site that an address leads to; empty when it leads to none."""
    try:
        parts = urlsplit(address)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def video_site(address: str) -> str:
    """The name of the site when an address leads to a film or a recording; else empty."""
    site = site_of(address)
    if site and (_VIDEO_SITES.search(site) or _VIDEO_HOST.search(site) or _VIDEO_FILE.search(address.split("?")[0])):
        return site
    return ""


def slug_of_heading(title: str) -> str:
    """The anchor that most tools give a heading."""
    kept = re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFC", title).lower())
    return kept.strip().replace(" ", "-")


@dataclass(frozen=True)
class Resolved:
    """`target` is empty when the link leads nowhere; `file` is then what it named."""

    target: str
    outside: bool = False
    file: str = ""


@dataclass
class Links:
    """The links between the pages of one course, which are known only when every page has been divided."""

    wanted: list[tuple[str, str, str, int]] = field(default_factory=list)
    """File that is linked to, anchor in it, file that links, line."""

    def resolve(self, file: str, address: str, line: int, pages: Collection[str]) -> Resolved:
        if address.startswith("//"):
            address = f"https:{address}"
        if _SCHEME.match(address):
            good = address.lower().startswith(_OUTSIDE) and (site_of(address) or not address.lower().startswith("http"))
            return Resolved(address, outside=True) if good else Resolved("", file=address)
        path, _, anchor = address.partition("#")
        path = unquote(path.split("?")[0])
        name = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
        found = next((each for each in _spellings(name) if each in pages), "")
        if not found:
            return Resolved("", file=name)
        self.wanted.append((found, unquote(anchor), file, line))
        return Resolved(f"page--{len(self.wanted) - 1}--of-this-course")

    def settle(self, markdown: str, here: str, lessons: Mapping[tuple[str, str], str]) -> str:
        """The Markdown of a lesson with its links to pages as links to lessons.

        `lessons` names the lesson of each file and anchor; the anchor of a file as a whole is empty. A link to the
        lesson that it stands in, or to a page without a lesson, leaves its words.
        """

        if "page--" not in markdown:
            return markdown

        def leads(number: str) -> str:
            if int(number) >= len(self.wanted):
                return ""
            file, anchor, _, _ = self.wanted[int(number)]
            lesson = lessons.get((file, anchor)) or lessons.get((file, slug_of_heading(anchor)))
            lesson = lesson or lessons.get((file, ""), "")
            return "" if lesson == here else lesson

        def replace(found: re.Match[str]) -> str:
            lesson = leads(found["markdown"] or found["html"])
            if found["html"]:
                return f'<a href="{lesson}">' if lesson else "<a>"
            return f"[{found['text']}]({lesson})" if lesson else found["text"]

        return _PLACEHOLDER.sub(lambda found: leads(found[1]) or here, _LINK.sub(replace, markdown))


def _spellings(name: str) -> list[str]:
    """What a page may be called in a link to it: with or without its ending, or by what a site makes of it."""
    stem = re.sub(r"\.html?$", "", name, flags=re.IGNORECASE)
    return list(dict.fromkeys([name, f"{name}.md", f"{stem}.md", f"{stem}.Rmd", posixpath.join(stem, "index.md")]))

"""One page of a foreign course: its links, pictures, code and HTML as our lessons have them."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from html import unescape

from trenza.apps.learning.content.importers.addresses import Links, site_of, video_site
from trenza.apps.learning.content.importers.escaping import code_fence, escape_text, target
from trenza.apps.learning.content.importers.notes import Notes
from trenza.apps.learning.content.importers.options import Options
from trenza.apps.learning.content.importers.pictures import Pictures
from trenza.apps.learning.content.importers.tags import TagConverter
from trenza.apps.learning.content.importers.writing import plain_link
from trenza.apps.learning.content.phrases import Phrases
from trenza.apps.learning.content.sources import Files

_LANGUAGE = re.compile(r"[A-Za-z0-9+#._-]{1,32}")
_GRID = re.compile(r"\+[-=+:]{2,}\+(?:\n[+|][^\n]*)+")
_FORMULA = re.compile(r"\$\$(.+?)\$\$|\\\[(.+?)\\\]", re.DOTALL)
_ATTRIBUTES = re.compile(r"\{:?[ \t]*[.#][^{}\n]{0,300}\}")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,60})\]")
_FOOTNOTE_BODY = re.compile(r"^\[\^([^\]\s]{1,60})\]:[ \t]*([^\n]*(?:\n(?:[ \t]{2,}[^\n]+))*)", re.MULTILINE)
NOWHERE = "defined-nowhere:"
"""Begins the address of a link by reference whose reference is missing."""


@dataclass
class Course:
    """What the pages of one course share. `pages` are the files that become lessons."""

    files: Files
    options: Options
    words: Phrases
    notes: Notes
    pages: Collection[str]
    links: Links = field(default_factory=Links)

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.files, self.options, self.notes)


class Page:
    """Handles the pieces of one file for the writer. It keeps what is said of them in the notes."""

    def __init__(self, course: Course, file: str) -> None:
        self.course, self.file = course, file
        self.notes, self.words, self.options = course.notes, course.words, course.options
        self.tags = TagConverter(self)
        self.footnotes: dict[str, str] = {}

    def change(self, line: int, what: str) -> None:
        self.notes.change(self.file, line, what)

    def take_footnotes(self, text: str) -> str:
        """The text without the bodies of its footnotes, which `footnotes` then holds; lines keep their numbers."""

        def take(found: re.Match[str]) -> str:
            self.footnotes[found[1]] = " ".join(found[2].split())
            return "\n" * found[0].count("\n")

        return _FOOTNOTE_BODY.sub(take, text)

    # --- links ---

    def link(self, address: str, title: str, text: str, line: int) -> str:
        if not text.strip():
            text = escape_text(site_of(address) or address)
        picture = self.course.pictures.find(self.file, address)
        if picture is not None:
            self.change(line, f"a link to the picture {address} became the picture")
            return f"{self.course.pictures.show(self.file, address, '', line)} {text}"
        where = self.address(address, line)
        if not where:
            return text
        site = video_site(where)
        if not site:
            return plain_link(where, unescape(title), text)
        return self._video(where, site, text, line)

    def linked_image(self, address: str, image: str, description: str, line: int) -> str:
        where = self.address(address, line)
        site = video_site(where) if where else ""
        if site:
            if self.course.pictures.find(self.file, image) is None:
                self.change(line, "the picture of a video that is not in the folder was left out")
            else:
                self.change(line, "the picture of a video was left out")
            return self._video(where, site, escape_text(description) or self.words.video, line)
        shown = self.image(image, description, line)
        if not where:
            return shown
        if shown.startswith("!["):
            return plain_link(where, "", shown)
        return plain_link(where, "", escape_text(description) or escape_text(site_of(where) or where))

    def address(self, address: str, line: int) -> str:
        """Where a link leads in our course; empty when it leads nowhere, which is noted."""
        if address.startswith(NOWHERE):
            named = address.removeprefix(NOWHERE)
            self.notes.miss(self.file, line, f"a link is called [{named}], which is defined nowhere; its words stayed.")
            return ""
        found = self.course.links.resolve(self.file, address, line, self.course.pages)
        if found.target:
            self.notes.kept["links outside" if found.outside else "links between pages"] += 1
            return found.target
        if address:
            here = " (it is in the folder, but no page)" if found.file in self.course.files else ""
            self.notes.miss(self.file, line, f"a link to {address[:200]} leads nowhere{here}; its words stayed.")
        return ""

    def frame(self, kind: str, address: str, title: str, line: int) -> str:
        address = f"https:{address}" if address.startswith("//") else address
        site = site_of(address)
        if not site:
            self.change(line, f"<{kind}> of {address[:200]} was left out: it is on no site")
            return escape_text(title)
        self.change(line, f"<{kind}> of {site} became a link: lessons load nothing from other sites")
        return self._video(address, video_site(address) or site, escape_text(title), line)

    def _video(self, address: str, site: str, text: str, line: int) -> str:
        if self.options.videos == "drop":
            self.change(line, f"a link to a video was left out: {address}")
            return text
        self.notes.kept["videos as links"] += 1
        self.change(line, f"a video of {site} is a link that says that it uses data")
        return f"{plain_link(address, '', text or self.words.video)} ({self.words.video_cost.format(site=site)})"

    # --- pictures ---

    def image(self, address: str, description: str, line: int) -> str:
        outside = re.match(r"(?:https?:)?//", address)
        if not outside:
            return self.course.pictures.show(self.file, address, description, line)
        address = f"https:{address}" if address.startswith("//") else address
        told = description if self.course.pictures.says_something(description) else ""
        if self.options.external_images == "drop":
            self.change(line, f"a picture of another site was left out: {address}")
            return f"({escape_text(told)})" if told else ""
        self.notes.kept["pictures of other sites as links"] += 1
        self.change(line, f"a picture of another site became a link: {address}")
        text = escape_text(told) or self.words.picture
        return f"[{text}]{target(address)} ({self.words.picture_cost.format(site=site_of(address))})"

    # --- code, HTML and words ---

    def html(self, html: str, line: int, *, block: bool) -> str:
        return self.tags.block(html, line) if block else self.tags.inline(html, line)

    def code(self, code: str, info: str, line: int) -> str:
        language = (re.split(r"[\s,{]+", info.strip(" {.")) or [""])[0].rstrip("}")
        captions = {"output": self.words.output, "error": self.words.error, "warning": self.words.warning}
        self.notes.kept["outputs" if language in captions else "code blocks"] += 1
        if language in captions:
            return code_fence(code, f"text file={captions[language]}")
        return code_fence(code, language if _LANGUAGE.fullmatch(language) else "")

    def text(self, text: str, line: int) -> str:
        pieces, end = [], 0
        for found in _FOOTNOTE.finditer(text):
            if found[1] in self.footnotes:
                pieces.append(escape_text(text[end : found.start()]))
                pieces.append(f"<sup>[{list(self.footnotes).index(found[1]) + 1}]</sup>")
                end = found.end()
        return "".join([*pieces, escape_text(text[end:])])

    def paragraph(self, content: str, line: int) -> str | None:
        content = content.strip()
        if _GRID.fullmatch(content):
            self.change(line, "a table drawn with lines is shown as it was written")
            self.notes.kept["tables as text"] += 1
            return code_fence(content, "text")
        formula = _FORMULA.fullmatch(content)
        if formula:
            self.change(line, "a formula is shown as it was written")
            self.notes.kept["formulas as text"] += 1
            return code_fence((formula[1] or formula[2]).strip(), "text")
        if _ATTRIBUTES.fullmatch(content):
            self.change(line, f"the attribute {content} was left out")
            return ""
        return None

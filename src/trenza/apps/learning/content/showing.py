"""A lesson shown by who teaches it: as slides on a wall, and as a handout on paper; and the guide to it.

The first two are made from the lesson's own body, which is clean HTML (body.py), so that whatever is mended in the
lesson is mended here. Neither holds an answer. `data-kept` has a phone keep the page once it was open (docs/phone.md).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Final

from trenza.apps.learning.content.closing import SOURCES, WORDS
from trenza.apps.learning.content.phrases import phrases

ROOM: Final = 420
"""Letters that a slide holds before a further paragraph begins another one."""
NOTE_LINES: Final = 4

_VOID: Final = frozenset({"area", "br", "col", "hr", "img", "input", "source", "track", "wbr"})
_TELLING: Final = frozenset({"fb", "hint", "again"})
"""What says something of an answer, and the buttons with which a story ends or begins again."""
_NOT_ON_PAPER: Final = _TELLING | {SOURCES}
_NOT_ON_A_WALL: Final = _NOT_ON_PAPER | {WORDS}
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LEFT_OUT: Final = frozenset({"button", "audio", "video"})
_BLANK: Final = '<span class="blank">______</span> '
_FOOT, _FOOT_END = '<footer class="licence">', "</footer>"


@dataclass
class _Block:
    """One element of a lesson: a paragraph, a heading, a card, a question."""

    tag: str
    is_box: bool
    html: list[str] = field(default_factory=list)
    letters: int = 0


class _Reader(HTMLParser):
    """Parts the form of a lesson's body into its blocks, but for those of the classes in `without`. `box` stands for
    each box that is ticked on a screen. Where scenes of a story stand `apart`, each but the first is a block, and ways
    lead to them; on paper they have numbers."""

    def __init__(self, box: str, without: frozenset[str], *, apart: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[_Block] = []
        self._box, self._without, self._apart = box, without, apart
        self._in_form = False
        self._open: list[str] = []
        self._skipped = 0
        self._options: list[str] = []
        self._in_option = False
        self._to = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "form":
            self._in_form = True
            return
        if not self._in_form:
            return
        given = dict(attrs)
        classes = set((given.get("class") or "").split())
        self._in_option = tag == "option" and bool(given.get("value"))
        if self._in_option:
            self._options.append("")
        is_control = tag == "select" or "in" in classes
        if is_control and not self._skipped:
            self._add(_BLANK)
        if self._skipped or is_control or tag in _LEFT_OUT or classes & self._without:
            self._skipped += tag not in _VOID
            return
        if not self._open:
            self.blocks.append(_Block(tag, is_box="card" in classes or tag == "fieldset"))
        elif self._apart and "scene" in classes and _scene_number(given.get("id")) != "1":
            self._add("</fieldset>")
            self.blocks.append(_Block("fieldset", is_box=True, html=['<fieldset class="card q">']))
        self._add(self._opening(tag, given, classes))
        if tag not in _VOID:
            self._open.append(tag)

    def _opening(self, tag: str, given: dict[str, str | None], classes: set[str]) -> str:
        """What an element begins with on a slide or on paper."""
        if tag == "input":
            return self._box
        if tag == "fieldset":  # without what its page needs to grade it
            named = given.get("aria-labelledby")
            return '<fieldset class="card q"' + (f' aria-labelledby="{escape(named)}">' if named else ">")
        if tag == "details":
            return "<details open>"
        if "scene" in classes:
            named = f' id="{escape(given.get("id") or "")}"' if self._apart else ""
            return f'<div class="card"{named}><p class="step">{_scene_number(given.get("id"))}</p>'
        if tag == "a" and "ghost" in classes and self._apart:
            return f'<a class="btn ghost" href="{escape(given.get("href") or "")}">'
        if tag == "a" and "ghost" in classes:  # a way from scene to scene
            self._to = f" → {_scene_number(given.get('href'))}"
            return "<p>"
        return self.get_starttag_text() or ""

    def handle_endtag(self, tag: str) -> None:
        self._in_option = False
        if tag == "form":
            self._in_form = False
        elif self._skipped:
            self._skipped -= tag not in _VOID
        elif self._open and tag not in _VOID:
            self._open.pop()
            if tag == "fieldset" and self._options:  # of pairs: what there is to choose from, each once
                listed = "".join(f"<li>{each}</li>" for each in dict.fromkeys(self._options))
                self._add(f'<ol type="A">{listed}</ol>')
                self._options = []
            self._add(f"{self._to}</p>" if self._to and tag == "a" else f"</{tag}>")
            if tag == "a":
                self._to = ""

    def handle_data(self, data: str) -> None:
        if self._in_option:
            self._options[-1] += data
        if self._open and not self._skipped:
            self._add(data)
            self.blocks[-1].letters += len(data.strip())

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _add(self, html: str) -> None:
        self.blocks[-1].html.append(html)


def _scene_number(address: str | None) -> str:
    """The number of the scene that an id or a link names, counted from 1."""
    return str(int((address or "-0").rpartition("-")[2]) + 1)


def slides_html(body: str, *, title: str, language: str) -> str:
    """The lesson as slides, one idea each: a heading, a card or a question begins one. None tells an answer."""
    words = phrases(language)
    slides = [f"<h1>{escape(title)}</h1>", *_slides(_blocks(body, box="", without=_NOT_ON_A_WALL, apart=True))]
    count = len(slides)
    slides[-1] += _licence(body)
    parts = [f'<article class="slides" data-kept lang="{escape(language)}">']
    for number, html in enumerate(slides, start=1):
        back = f'<a href="#l{number - 1}">‹ {words.back}</a>' if number > 1 else "<span></span>"
        forward = f'<a href="#l{number + 1}">{words.forward} ›</a>' if number < count else "<span></span>"
        turn = f'<p class="turn">{back}<span>{number} / {count}</span>{forward}</p>'
        parts.append(f'<section class="slide" id="l{number}" tabindex="-1">{html}{turn}</section>')
    return "\n".join([*parts, "</article>", ""])


def handout_html(body: str, *, title: str, language: str) -> str:
    """The lesson on paper: her name, all of the text, the questions with boxes to tick, and room for what she wants to
    remember."""
    words = phrases(language)
    lines = '<p class="line"></p>' * NOTE_LINES
    html = "\n".join("".join(block.html) for block in _blocks(body, box="☐ ", without=_NOT_ON_PAPER, apart=False))
    return "\n".join(
        [
            f'<article class="handout" data-kept lang="{escape(language)}"><p class="line">{words.her_name}:</p>',
            f"<h1>{escape(title)}</h1>",
            html,
            f"<h2>{words.her_notes}</h2>",
            f"{lines}{_licence(body)}</article>",
            f'<button class="btn" type="button" data-print hidden>{words.to_print}</button>',
            "",
        ]
    )


def guide_html(body: str, guide: str, *, title: str, language: str) -> str:
    """The guide to a lesson for who gives it as a session, to read and to print."""
    words = phrases(language)
    return "\n".join(
        [
            f'<article class="guide" data-kept lang="{escape(language)}"><p class="step">{words.guide}</p>',
            f"<h1>{escape(title)}</h1>",
            guide,
            f"{_licence(body)}</article>",
            f'<button class="btn" type="button" data-print hidden>{words.to_print}</button>',
            "",
        ]
    )


def _licence(body: str) -> str:
    """Whose work it is, as the lesson's page says it."""
    begin = body.find(_FOOT)
    return body[begin : body.index(_FOOT_END, begin) + len(_FOOT_END)] if begin >= 0 else ""


def _blocks(body: str, *, box: str, without: frozenset[str], apart: bool) -> list[_Block]:
    reader = _Reader(box, without, apart=apart)
    reader.feed(body)
    reader.close()
    return reader.blocks


def _slides(blocks: Iterable[_Block]) -> Iterator[str]:
    held: list[_Block] = []
    for block in blocks:
        if held and _begins(block, held):
            yield _joined(held)
            held = []
        held.append(block)
    if held:
        yield _joined(held)


def _begins(block: _Block, held: list[_Block]) -> bool:
    """Whether a block begins a slide of its own. A heading is never left alone on one."""
    if all(each.tag in _HEADINGS for each in held):
        return False
    if block.tag in _HEADINGS or block.is_box or held[-1].is_box:
        return True
    return sum(each.letters for each in held) + block.letters > ROOM


def _joined(blocks: Iterable[_Block]) -> str:
    return "".join("".join(block.html) for block in blocks)

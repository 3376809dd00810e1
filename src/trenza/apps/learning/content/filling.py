"""The questions of a lesson's page with her answers in them, for the page that follows what she handed in.

What asking.py writes is read again: her choices stand in the same controls, each with what is said of it. Where the
page does not tell what is right (an exam), nothing is marked.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from typing import Final

LONGEST: Final = 200
"""Signs of what she wrote that are shown again."""


def filled_questions(
    body: str, values: Callable[[str], Sequence[str]], answers: Mapping[str, Sequence[int]]
) -> dict[str, str]:
    """The fieldset of each question of a page, by its code, as what she sent leaves it.

    `values` gives what a form that anybody may have written holds under a name; `answers` are those that can be
    graded, as they are kept: the other questions keep what she began, without a mark.
    """
    reader = _Reader(values, answers)
    reader.feed(body)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, values: Callable[[str], Sequence[str]], answers: Mapping[str, Sequence[int]]) -> None:
        super().__init__(convert_charrefs=False)
        self.found: dict[str, str] = {}
        self._values, self._answers = values, answers
        self._code = ""
        self._right: Sequence[str] = ()
        self._parts: list[str] = []
        self._marks = False
        self._label = 0  # where the label stands whose control is read
        self._mark = ""  # "ok" or "no" once her choice in this label is known
        self._lists = self._told = 0  # how many lists, and things that are said of what she wrote, were read
        self._chosen = ""
        self._words: int | None = None  # where an option stands whose words, which come next, are its value

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "fieldset" and given.get("data-q"):
            self._begin(given)
        elif self._code:
            self._parts.append(self._opened(tag, given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._words = None
        self._add(f"</{tag}>")
        if tag == "fieldset" and self._code:
            self.found[self._code] = "".join(self._parts)
            self._code = ""

    def handle_data(self, data: str) -> None:
        if self._words is not None and data.strip() == self._chosen:
            self._parts[self._words] = "<option selected>"
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def _add(self, html: str) -> None:
        if self._code:
            self._parts.append(html)

    def _begin(self, given: Mapping[str, str]) -> None:
        self._code, self._right = given["data-q"], given.get("data-right", "").split(",")
        self._lists = self._told = 0
        self._mark, self._words = "", None
        kept = {name: given[name] for name in ("data-kind", "aria-labelledby") if name in given}
        self._parts = ['<fieldset class="q"' + "".join(f' {name}="{escape(kept[name])}"' for name in kept) + ">"]
        self._marks = self._code in self._answers and "data-right" in given

    def _opened(self, tag: str, given: Mapping[str, str]) -> str:
        as_written = self.get_starttag_text() or ""
        classes = given.get("class", "").split()
        match tag:
            case "label" if "opt" in classes:
                self._label, self._mark = len(self._parts), ""
            case "input" if given.get("name", "").startswith("q."):
                return self._input(given, as_written)
            case "select" if given.get("name", "").startswith("q."):
                self._chosen = "".join(self._values(given["name"])[-1:])
                if self._marks:
                    self._set_mark(right=self._right[self._lists : self._lists + 1] == [self._chosen])
                self._lists += 1
            case "option" if "value" not in given:
                self._words = len(self._parts)
            case "option" if given["value"] == self._chosen:
                return f'<option value="{escape(given["value"])}" selected>'
            case "span" if "fb" in classes:
                return as_written.replace(" hidden", "") if self._is_said(given) else as_written
            case "details" if "hint" in classes:
                return as_written.replace("<details", "<details open", 1)
        return as_written

    def _input(self, given: Mapping[str, str], as_written: str) -> str:
        sent = self._values(given["name"])
        if "in" in given.get("class", "").split():
            return as_written.replace("<input", f'<input value="{escape("".join(sent[-1:])[:LONGEST])}"', 1)
        if given.get("value") not in sent:
            return as_written
        if self._marks:
            self._set_mark(right=given.get("value") in self._right)
        return as_written.replace("<input", "<input checked", 1)

    def _is_said(self, given: Mapping[str, str]) -> bool:
        """Whether this is what is said of her answer. Of what she wrote it is the first that it meets, or the last."""
        if "data-fb" in given:
            return self._mark == "no" or (self._mark == "ok" and "data-no" not in given)
        met = self._answers.get(self._code)
        said = met is not None and list(met) == [self._told]
        self._told += 1
        if said:
            self._set_mark(right="data-ok" in given)
        return said

    def _set_mark(self, *, right: bool) -> None:
        self._mark = "ok" if right else "no"
        label = self._parts[self._label]
        self._parts[self._label] = label.replace('class="opt', f'class="opt {self._mark}', 1)

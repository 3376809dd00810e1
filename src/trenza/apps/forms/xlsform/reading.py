"""The sheets survey, choices and settings: row by row into a form, and what cannot be carried over by its row."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from pydantic import ValidationError

from trenza.apps.forms.definition.sections import MOST_CONDITIONS, FormDefinition
from trenza.apps.forms.xlsform.relevance import CannotSay, Condition, conditions_of

MOST_QUESTIONS: Final = 200
SHEETS: Final = ("survey", "choices", "settings")
_TYPES: Final = {"text": "text", "string": "text", "integer": "whole_number", "int": "whole_number", "date": "date"}
_SELECTS: Final = {"select_one": "choice", "select_multiple": "choices"}
_OF_ITSELF: Final = frozenset(
    {"start", "end", "today", "deviceid", "phonenumber", "username", "email", "audit", "start-geopoint", "simserial",
     "subscriberid", "background-audio"}
)  # fmt: skip
_LOST: Final = ("constraint", "calculation", "choice_filter", "default", "repeat_count", "trigger")
_TAKEN: Final[Mapping[str, frozenset[str]]] = {
    "survey": frozenset({"type", "name", "label", "hint", "required", "relevant", "appearance", *_LOST}),
    "choices": frozenset({"list_name", "list name", "name", "label"}),
    "settings": frozenset({"form_title", "form_id", "default_language", "version"}),
}
"""Columns that are read, or told of row by row."""
_YES, _NO = frozenset({"yes", "si", "sí", "1", "true", "y", "s"}), frozenset({"no", "0", "false", "n"})
_REFERENCE: Final = re.compile(r"\$\{[^{}]*\}")
_TAGS: Final = re.compile(r"<[^<>]{1,200}>")

Cells = Mapping[str, str]
SheetRow = tuple[int, Cells]
Sheets = Mapping[str, Sequence[SheetRow]]
Tell = Callable[[str], None]


class Untaken(Exception):
    """No form can be made of it; the text says why."""


@dataclass(frozen=True)
class Told:
    """Something that could not be carried over as it was: where, and what to do."""

    sheet: str
    row: int
    text: str


@dataclass
class _Group:
    """An open group. The outermost are pages; an inner one only passes on its condition."""

    page: bool
    when: list[Condition]
    repeats: bool = False


@dataclass
class _Made:
    pages: list[dict[str, Any]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    # By name in the workbook: code, type, and for choices their codes by name.
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: list[_Group] = field(default_factory=list)
    note: str = ""
    # Whether the last page holds questions that stand in no group.
    loose: bool = False


def form_of(
    sheets: Sheets, *, code: str = "", language: str = "es", unread: Sequence[tuple[str, int, str]] = ()
) -> tuple[FormDefinition, list[Told]]:
    """The form, and what of the workbook it does not hold, in the order of its sheets and rows. Names of columns are in
    lower case. `unread` are the cells (sheet, row, column) that the caller could not read.

    Raises:
        Untaken: the workbook is no XLSForm, or nothing that it asks can be asked.
    """
    rows = sheets.get("survey")
    if not rows:
        raise Untaken(_("There is no sheet “survey” with rows: this is not an XLSForm."))
    settings: Cells = sheets["settings"][0][1] if sheets.get("settings") else {}
    lists = _choices(sheets.get("choices", ()), language)
    title = settings.get("form_title", "").strip() or _("Form")
    made = _Made()
    for number, cells in rows:
        _survey_row(made, number, cells, lists, language, title)
    if made.groups:
        made.told.append(Told("survey", rows[-1][0], _("A group is not closed; it ends here.")))
    made.told += [Told(sheet, row, _unread_in_words(column)) for sheet, row, column in unread]
    made.told += _left_out(sheets, language)
    pages = [page for page in made.pages if page["question"]]
    if not pages:
        raise Untaken(_("None of its questions can be asked by a form of ours."))
    if sum(len(page["question"]) for page in pages) > MOST_QUESTIONS:
        raise Untaken(_("It asks more than 200 questions. Nobody answers so many on a phone: divide it."))
    data = {"code": code or _code(settings.get("form_id", "") or title, set()), "title": title[:200], "page": pages}
    try:
        form = FormDefinition.model_validate(data, strict=False)
    except ValidationError as error:
        said = error.errors()[0]
        raise Untaken(f"{'.'.join(map(str, said['loc']))}: {said['msg']}") from error
    return form, sorted(made.told, key=lambda told: (SHEETS.index(told.sheet), told.row))


def _unread_in_words(column: str) -> str:
    return _(
        "“%(column)s” was not read: a formula or an error stands there, or another column has that name. Copy it and "
        "paste it as values."
    ) % {"column": column[:60]}


def _left_out(sheets: Sheets, language: str) -> list[Told]:
    """Columns of which nothing was taken, once each, at the first row that has something in it."""
    found: dict[tuple[str, str], int] = {}
    for sheet, taken in _TAKEN.items():
        for number, cells in sheets.get(sheet, ()):
            for column, text in cells.items():
                if text.strip() and not _is_taken(column, taken, cells, language):
                    found.setdefault((sheet, column), number)
    return [
        Told(sheet, row, _("“%(part)s” is not carried over.") % {"part": column[:40]})
        for (sheet, column), row in found.items()
    ]


def _is_taken(column: str, taken: Collection[str], cells: Cells, language: str) -> bool:
    outer = column.partition(":")[0]
    if column == outer or outer not in ("label", "hint"):
        return column in taken
    return outer in taken and column == _column_of(cells, outer, language)


def _survey_row(
    made: _Made, number: int, cells: Cells, lists: Mapping[str, list[dict[str, str]]], language: str, title: str
) -> None:
    def tell(text: str) -> None:
        made.told.append(Told("survey", number, text))

    kind, rest = _kind(cells)
    if not kind:
        return
    for column in _LOST:
        if cells.get(column, "").strip():
            tell(_("“%(column)s” is not carried over. Say it in the help of the question.") % {"column": column})
    if kind in ("begin_group", "begin_repeat"):
        _open(made, cells, language, tell, repeats=kind == "begin_repeat")
    elif kind in ("end_group", "end_repeat"):
        _close(made, tell)
    elif any(group.repeats for group in made.groups):
        tell(_("What repeats cannot be asked. Ask for a number, or once for each."))
    elif kind == "note":
        made.note = " ".join([made.note, _words(cells, "label", language, tell)]).strip()
    elif kind in _OF_ITSELF or kind in ("calculate", "hidden"):
        tell(_("“%(type)s” is not asked of anybody and was left out.") % {"type": kind})
    else:
        _ask(made, kind, rest, cells, lists, language, title, tell)


def _kind(cells: Cells) -> tuple[str, str]:
    """The type, and what stands behind it: the name of a list."""
    kind, _space, rest = " ".join(cells.get("type", "").split()).partition(" ")
    kind = kind.lower()
    if kind in ("begin", "end"):  # "begin group", as older ones are written
        word, _space, rest = rest.partition(" ")
        kind = f"{kind}_{word.lower()}"
    return kind, rest


def _close(made: _Made, tell: Tell) -> None:
    if made.groups:
        made.groups.pop()
    else:
        tell(_("A group ends here that was not begun."))


def _open(made: _Made, cells: Cells, language: str, tell: Tell, *, repeats: bool) -> None:
    is_page = not made.groups and not repeats
    when = _when(made, cells, tell)
    if is_page:
        words = _words(cells, "label", language, tell) or cells.get("name", "") or _("Form")
        page: dict[str, Any] = {"code": _code(cells.get("name", "") or words, _page_codes(made)), "title": words[:200]}
        made.pages.append(page | {"question": []} | ({"when": when} if when else {}))
        made.loose, when = False, []
    elif not repeats:
        tell(_("A group within a group: its questions stand in the page of the outer one."))
    made.groups.append(_Group(is_page, when, repeats))


def _ask(
    made: _Made,
    kind: str,
    rest: str,
    cells: Cells,
    lists: Mapping[str, list[dict[str, str]]],
    language: str,
    title: str,
    tell: Tell,
) -> None:
    """A question, into the page that is open; or why it cannot be asked."""
    name = cells.get("name", "").strip()
    label = _words(cells, "label", language, tell) or name
    typed = _selected(kind, rest, lists, tell) if kind in _SELECTS else _typed(kind, cells, tell)
    if typed is None:
        return
    if len(label) > 200:
        tell(_("The question is longer than 200 letters and was cut. Put what explains it into the hint."))
    shape, known = typed
    question: dict[str, Any] = {"code": _code(name or label, made.codes), "label": label[:200], **shape}
    if help_text := " ".join([made.note, _words(cells, "hint", language, tell)]).strip()[:4_000]:
        question["help"] = help_text
    made.note = ""
    if not _required(cells, tell):
        question["required"] = False
    when = [condition for group in made.groups for condition in group.when] + _when(made, cells, tell)
    if len(when) > MOST_CONDITIONS:
        tell(_("It has more than five conditions; only the first five were taken."))
    if when:
        question["when"] = when[:MOST_CONDITIONS]
    made.asked[name] = {"code": question["code"], "type": question["type"], **known}
    made.codes.add(question["code"])
    _add(made, question, title)


Typed = tuple[dict[str, Any], dict[str, Any]]


def _selected(kind: str, rest: str, lists: Mapping[str, list[dict[str, str]]], tell: Tell) -> Typed | None:
    """Choices: what the question holds, and what conditions need to know of it."""
    list_name, _space, more = rest.partition(" ")
    choices = lists.get(list_name, [])
    if more:
        tell(_("“%(part)s” is not carried over.") % {"part": more[:40]})
    meant = _yes_of(choices) if kind == "select_one" else None
    if meant is not None:
        return {"type": "yes_no"}, {"answers": meant}
    if len(choices) < 2:
        tell(_("The list “%(name)s” has less than two answers to choose from.") % {"name": list_name[:60]})
        return None
    shown = [{"code": each["code"], "label": each["label"]} for each in choices]
    return {"type": _SELECTS[kind], "choices": shown}, {"codes": {each["name"]: each["code"] for each in choices}}


def _typed(kind: str, cells: Cells, tell: Tell) -> Typed | None:
    if kind not in _TYPES:
        tell(_("A form of ours cannot ask for “%(type)s”. Ask for it in words, or leave it out.") % {"type": kind[:40]})
        return None
    is_long = _TYPES[kind] == "text" and "multiline" in cells.get("appearance", "")
    return {"type": "long_text" if is_long else _TYPES[kind]}, {}


def _required(cells: Cells, tell: Tell) -> bool:
    said = cells.get("required", "").strip().lower()
    if said in ("", "no", "false", "false()", "0"):
        return False
    if said not in ("yes", "true", "true()", "1"):
        tell(_("Whether it must be answered follows from others there; here it must be answered."))
    return True


def _add(made: _Made, question: dict[str, Any], title: str) -> None:
    """Into the page that is open; what stands in no group gets a page of its own."""
    if not made.groups and not made.loose:
        made.pages.append({"code": _code("pagina", _page_codes(made)), "title": title[:200], "question": []})
        made.loose = True
    made.pages[-1]["question"].append(question)


def _when(made: _Made, cells: Cells, tell: Tell) -> list[Condition]:
    text = cells.get("relevant", "").strip()
    if not text:
        return []
    try:
        return conditions_of(text[:2_000], made.asked)
    except CannotSay as error:
        tell(_("“relevant” was left out, so everybody is asked: %(why)s") % {"why": error})
        return []


def _choices(rows: Sequence[SheetRow], language: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for _number, cells in rows:
        name = cells.get("name", "").strip()
        listed = found.setdefault(cells.get("list_name", cells.get("list name", "")).strip(), [])
        if name:
            label = _words(cells, "label", language, lambda _text: None) or name
            taken = {each["code"] for each in listed}
            listed.append({"name": name, "code": _code(name, taken), "label": label[:200]})
    return found


def _yes_of(choices: Sequence[Mapping[str, str]]) -> dict[str, bool] | None:
    """What each answer means, where yes and no are the two."""
    meant = {each["name"]: each["name"].lower() in _YES for each in choices}
    known = all(each["name"].lower() in _YES | _NO for each in choices)
    return meant if known and sorted(meant.values()) == [False, True] and len(choices) == 2 else None


def _words(cells: Cells, column: str, language: str, tell: Tell) -> str:
    """A text in this language: `label::Español (es)` or `label::es`, else `label`, else the first there is."""
    chosen = _column_of(cells, column, language)
    text = " ".join(_TAGS.sub(" ", cells[chosen]).split()) if chosen else ""
    if _REFERENCE.search(text):
        tell(_("It repeats an earlier answer, which is not carried over: “…” stands there."))
    return _REFERENCE.sub("…", text)


def _column_of(cells: Cells, column: str, language: str) -> str | None:
    """Where the text of a row stands; None where there is none."""
    columns = [key for key in cells if key == column or key.startswith(f"{column}:")]
    ours = [key for key in columns if key.endswith((f"({language})", f":{language}"))]
    return next((key for key in [*ours, column, *columns] if cells.get(key, "").strip()), None)


def _code(text: str, taken: set[str]) -> str:
    spread = unicodedata.normalize("NFKD", text)
    ascii_only = "".join(sign for sign in spread if not unicodedata.combining(sign)).lower()
    code = re.sub(r"[^a-z0-9_]+", "-", ascii_only)
    code = re.sub(r"[_-]*-[_-]*", "-", re.sub(r"__+", "_", code)).strip("-_")[:50].strip("-_") or "x"
    found, number = code, 2
    while found in taken:
        found, number = f"{code}-{number}", number + 1
    return found


def _page_codes(made: _Made) -> set[str]:
    return {page["code"] for page in made.pages}

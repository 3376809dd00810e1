"""The texts of a foreign course, whatever they were saved with, and the YAML above them."""

import codecs
import re
from collections.abc import Mapping

import yaml

from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.importers.notes import Notes

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff\ue000-\uf8ff]")
_LONGEST_YAML = 64 * 1024


def read_source(name: str, data: bytes, notes: Notes, problems: Problems) -> str:
    """The text of a file with plain line ends; empty, and a problem, when it is no text.

    UTF-8, UTF-16 with its mark, and Windows-1252 (which the report then names) are read.
    """
    encoding = next((each for mark, each in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\x00" in data or encoding != "utf-8":
            problems.add(name, 0, "The file is not a text.", "Save it again with the encoding UTF-8.")
            return ""
        text = data.decode("cp1252", "replace")
        line = data.count(b"\n", 0, error.start) + 1
        notes.change(name, line, "the file is not UTF-8; it was read as Windows-1252: look at its accents")
    else:
        if encoding == "utf-16":
            notes.change(name, 0, "the file was UTF-16; it is UTF-8 now")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept, count = _CONTROL.subn("", text)
    if count:
        notes.change(name, 0, f"letters that cannot be shown were left out: {count}")
    return kept


def read_yaml(name: str, text: str, first_line: int, problems: Problems) -> Mapping[str, object] | None:
    """A YAML mapping in which every scalar is a text; None for another YAML, and, with a problem, for what is none.

    Anchors are refused: with them a few lines can grow to fill the memory.
    """
    if len(text) > _LONGEST_YAML:
        problems.add(name, first_line, "This YAML is too long.", f"At most {_LONGEST_YAML // 1024} KB.")
        return None
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
                line = first_line + token.start_mark.line
                problems.add(name, line, "YAML with anchors (`&`, `*`) is refused.", "Write the value out.")
                return None
        table = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        problems.add(name, line, f"This is not YAML: {error.problem or 'it cannot be read'}.", "Write `key: value`.")
        return None
    except (yaml.YAMLError, RecursionError, ValueError):
        problems.add(name, first_line, "This is not YAML.", "Write `key: value`.")
        return None
    if not isinstance(table, dict):
        return None
    return {str(key): value for key, value in table.items()}


def divide_front(name: str, text: str, problems: Problems) -> tuple[Mapping[str, object], str, int]:
    """The YAML above a page, the page's own text, and the line on which that begins.

    A page that begins with a rule (`---`) and words has none.
    """
    found = _FRONT.match(text)
    table = read_yaml(name, found[1] or "", 2, problems) if found else None
    if found is None or table is None:
        return {}, text, 1
    return table, text[found.end() :], found[0].count("\n") + 1


def words_of(value: object) -> str:
    """A scalar as words of one line; empty when it is something else."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def number_of(value: object) -> int:
    """A scalar as a whole number; 0 when it is none."""
    text = words_of(value)
    return int(text) if re.fullmatch("[0-9]{1,4}", text) else 0

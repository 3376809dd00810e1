"""TOML with positions: tomllib reads the values, tree-sitter knows their lines and goes on after an error."""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from trenza.core.definition.problems import DefinitionErrors, Problem
from trenza.core.definition.words import Key
from trenza.core.definition.words import say as _

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
MAX_VALUES = 20_000
MAX_ITEMS = 500
MAX_INTEGER = 2**31 - 1

Place = tuple[str | int, ...]

_LANGUAGE = Language(tree_sitter_toml.language())
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_SCALARS = {"string", "integer", "float", "boolean"} | {
    f"{kind}" for kind in ("offset_date_time", "local_date_time", "local_date", "local_time")
}
_NESTING = {"array", "inline_table", "dotted_key", "pair"}
_SHOWN = 20  # syntax errors; what follows them is often their echo


@dataclass(frozen=True)
class Read:
    """A TOML file: its values, arrays as tuples, and the line of each place."""

    data: Mapping[str, Any]
    lines: Mapping[Place, int]


def read_toml(source: bytes, *, file: str) -> Read:
    """Read a file of at most MAX_BYTES.

    Raises:
        DefinitionErrors: it is no TOML (every error that can be told apart), too large or too deep, or holds values
            that no definition needs: control characters, huge or infinite numbers.
    """
    text = _decoded(source, file)
    tree = Parser(_LANGUAGE).parse(text.encode())
    too_deep = next((node for node, depth in _walk(tree.root_node) if depth > MAX_DEPTH), None)
    if too_deep is not None:
        raise DefinitionErrors(
            [Problem(file, _line(too_deep), _("values are nested too deeply"), _("keep the file flat"))]
        )
    lines, repeated = _places(tree.root_node, file)
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise DefinitionErrors(_syntax_problems(error, tree.root_node, text, file, repeated)) from error
    read = Read(_frozen(data), lines)
    if problems := list(_strange_values(read, file)):
        raise DefinitionErrors(problems)
    return read


def _decoded(source: bytes, file: str) -> str:
    if len(source) > MAX_BYTES:
        size = _("the file has %(size)s bytes, %(most)s are the most", size=len(source), most=MAX_BYTES)
        raise DefinitionErrors([Problem(file, 1, size, _("is it a definition?"))])
    if source.startswith(b"\xef\xbb\xbf"):
        mark = _("the file begins with a byte-order mark")
        raise DefinitionErrors([Problem(file, 1, mark, _("save it as UTF-8 without"))])
    try:
        return source.decode()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise DefinitionErrors([Problem(file, line, _("this is not UTF-8"), _("save the file as UTF-8"))]) from error


def _walk(root: Node) -> Iterator[tuple[Node, int]]:
    """Every node with how many arrays, tables and keys are around it, in the order of the file."""
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        inner = depth + (node.type in _NESTING)
        if node.type == "dotted_key":
            inner = depth + 1
        waiting.extend((child, inner) for child in reversed(node.children))


def _line(node: Node) -> int:
    return int(node.start_point[0]) + 1


def _text(node: Node) -> str:
    return (node.text or b"").decode(errors="replace")


# --- Positions ---


def _places(root: Node, file: str) -> tuple[dict[Place, int], list[Problem]]:
    """The line of each place, and keys that stand twice."""
    lines: dict[Place, int] = {}
    sizes: dict[Place, int] = {}
    repeated: list[Problem] = []
    for node in root.children:
        base: Place = ()
        if node.type in {"table", "table_array_element"}:
            keys = _keys(node.named_children[0]) if node.named_children else []
            if not keys:
                continue
            base = _resolved(keys[:-1], sizes)
            base = (*base, keys[-1])
            if node.type == "table_array_element":
                lines.setdefault(base, _line(node))
                sizes[base] = sizes.get(base, 0) + 1
                base = (*base, sizes[base] - 1)
            lines.setdefault(base, _line(node))
        for pair in [node] if node.type == "pair" else node.children:
            if pair.type == "pair":
                _add_pair(base, pair, lines, repeated, file)
    return lines, repeated


def _resolved(keys: list[str], sizes: Mapping[Place, int]) -> Place:
    """The place that a table's header names: within an array of tables, its last table."""
    place: Place = ()
    for key in keys:
        place = (*place, key)
        if place in sizes:
            place = (*place, sizes[place] - 1)
    return place


def _add_pair(base: Place, pair: Node, lines: dict[Place, int], repeated: list[Problem], file: str) -> None:
    if len(pair.named_children) < 2:
        return
    place = base
    for key in _keys(pair.named_children[0]):
        place = (*place, key)
        if place[:-1] != base:
            lines.setdefault(place[:-1], _line(pair))
    if place in lines:
        twice = _('the key "%(key)s" stands twice', key=str(place[-1]))
        repeated.append(Problem(file, _line(pair), twice, _("the first is on line %(line)s", line=lines[place])))
    _add_value(place, pair.named_children[-1], lines, repeated, file)


def _add_value(place: Place, node: Node, lines: dict[Place, int], repeated: list[Problem], file: str) -> None:
    lines[place] = _line(node)
    if node.type == "array":
        values = [child for child in node.named_children if child.type not in {"comment", "ERROR"}]
        for number, value in enumerate(values):
            _add_value((*place, number), value, lines, repeated, file)
    elif node.type == "inline_table":
        for pair in node.named_children:
            if pair.type == "pair":
                _add_pair(place, pair, lines, repeated, file)


def _keys(node: Node) -> list[str]:
    if node.type == "dotted_key":
        return [key for child in node.named_children for key in _keys(child)]
    if node.type == "quoted_key":
        try:
            return list(tomllib.loads(f"{_text(node)} = 0"))
        except ValueError:
            return [_text(node)]
    return [_text(node)]


# --- What is no TOML ---


def _syntax_problems(error: Exception, root: Node, text: str, file: str, repeated: list[Problem]) -> list[Problem]:
    """All that can be told apart: tomllib's first error, keys that stand twice, values and lines that make no sense."""
    found = {problem.line: problem for problem in repeated}
    for node, _depth in _walk(root):
        if len(found) >= _SHOWN:
            break
        if node.type in _SCALARS and (reason := _bad_scalar(_text(node))):
            found.setdefault(_line(node), Problem(file, _line(node), reason, _("write it as TOML asks")))
        elif node.is_error or node.is_missing:
            found.setdefault(_line(node), _misread(node, file))
    message = str(error)
    at = _AT.search(message)
    line = int(at[1]) if at and at[1] else text.count("\n") + 1
    if line not in found and (at or not found):
        reason = _lowered(_AT.sub("", message)) if at else _("a value is out of range or nested too deeply")
        what = _("this is not TOML: %(reason)s", reason=reason)
        found[line] = Problem(file, line, what, _("see toml.io for how to write it"))
    return list(found.values())


def _misread(node: Node, file: str) -> Problem:
    words = _text(node).split("\n")[0].strip()[:40]
    what = (
        _("this is not TOML: %(words)s was not expected here", words=repr(words))
        if words
        else _("this is not TOML: something is missing")
    )
    return Problem(file, _line(node), what, _("look for a quote, a bracket or an equals sign too many or too few"))


def _bad_scalar(text: str) -> str:
    if not text:  # where the grammar wants a value and finds none it makes an empty one
        return _("a value is missing")
    try:
        tomllib.loads(f"x = {text}")
    except (ValueError, RecursionError) as error:
        reason = _lowered(_AT.sub("", str(error)))
        return _("%(words)s is no value: %(reason)s", words=text.partition("\n")[0][:40], reason=reason)
    return ""


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


# --- What no definition needs ---


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in value.items()}
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def _strange_values(read: Read, file: str) -> Iterator[Problem]:
    waiting: list[tuple[Place, Any]] = [((), read.data)]
    count = 0
    while waiting:
        place, value = waiting.pop()
        count += 1
        if count > MAX_VALUES:
            many = _("the file has more than %(most)s values", most=MAX_VALUES)
            yield Problem(file, 1, many, _("is it a definition?"))
            return
        if reason := _strange(value):
            line = next((read.lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in read.lines), 1)
            yield Problem(
                file, line, _('"%(key)s" %(fault)s', key=Key(str(place[-1])), fault=reason[0]), reason[1], place=place
            )
        elif isinstance(value, dict):
            if strange := [key for key in value if _has_controls(key)]:
                words = _("the key %(key)s holds a control character", key=repr(strange[0]))
                yield Problem(file, 1, words, _("remove it"))
            waiting.extend(((*place, key), each) for key, each in reversed(value.items()))
        elif isinstance(value, tuple):
            waiting.extend(((*place, number), each) for number, each in reversed(list(enumerate(value))))


def _strange(value: Any) -> tuple[str, str] | None:
    if isinstance(value, str) and _has_controls(value):
        return _("holds a control character"), _("remove it; a line break is the only one allowed")
    if isinstance(value, float) and not math.isfinite(value):
        return _("is no finite number"), _("give a number")
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        return _("is larger than %(most)s", most=MAX_INTEGER), _("give a smaller number")
    if isinstance(value, tuple) and len(value) > MAX_ITEMS:
        many = _("has %(number)s items, %(most)s are the most", number=len(value), most=MAX_ITEMS)
        return many, _("is it a list of a definition?")
    return None


def _has_controls(text: str) -> bool:
    return any((character < " " and character != "\n") or "\x7f" <= character <= "\x9f" for character in text)

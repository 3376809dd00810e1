"""SVG drawings of a course: shapes and nothing else, written anew.

A drawing is parsed, each of its elements and attributes is looked up in a list, each value must have the form that it
has in such an attribute, and the drawing is then written from what was read. What is not on the list is refused, so
that a drawing neither runs, fetches nor hides anything, and looks as its author sees it.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.images import BadImage, CompiledImage, ImageFile
from trenza.apps.learning.content.manifest import shown

SUFFIX: Final = ".svg"

_NAMESPACE: Final = "{http://www.w3.org/2000/svg}"
_TELLING: Final = frozenset({"title", "desc", "text", "tspan"})
"""Elements whose text is kept."""
_IGNORED: Final = frozenset({"metadata"})
_IGNORED_ATTRIBUTES: Final = re.compile(
    r"version|baseProfile|class|role|focusable|aria-[a-z]+|data-[a-z-]+|enable-background"
)

# None of these can be read in two ways, and what is long is only ever a set of letters: a hostile value takes no time.
_N: Final = r"[+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})\d*(?:[eE][+-]?\d{1,3})?"
_NUMBER: Final = re.compile(_N)
_LENGTH: Final = re.compile(r"[0-9eE.+-]{1,30}(?:px|%)?")
_NUMBERS: Final = re.compile(r"[\s0-9eE.,+-]*")
_PATH: Final = re.compile(r"[\sMmZzLlHhVvCcSsQqTtAa0-9eE.,+-]*")
_TRANSFORM: Final = re.compile(
    r"(?:(?:translate|rotate|scale|skewX|skewY|matrix) ?\([\s0-9eE.,+-]{1,200}\)[\s,]{0,3}){0,20}"
)
_COLOUR: Final = re.compile(
    r"none|currentColor|transparent|[a-z]{3,20}|#[0-9a-fA-F]{3,8}|(?:rgb|hsl)a?\([0-9.,%\s]{1,40}\)"
)
_ID: Final = re.compile(r"[A-Za-z_][\w.-]{0,63}", re.ASCII)
_REFERENCE: Final = re.compile(r"url\(\s*['\"]?#([A-Za-z_][\w.-]{0,63})['\"]?\s*\)", re.ASCII)
_WORD: Final = re.compile(r"[a-zA-Z0-9-]{1,30}")
_FONT: Final = re.compile(r"(?:sans-serif|serif|monospace|system-ui)")
_ASPECT: Final = re.compile(r"none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max)(?:\s+(?:meet|slice))?")


def _each(names: str, form: re.Pattern[str]) -> dict[str, re.Pattern[str]]:
    return dict.fromkeys(names.split(), form)


_FORMS: Final = {
    **_each("cx cy r rx ry x y x1 y1 x2 y2 width height fx fy dx dy offset stroke-width font-size", _LENGTH),
    **_each("opacity fill-opacity stroke-opacity stop-opacity stroke-miterlimit stroke-dashoffset", _LENGTH),
    **_each("fill stroke color stop-color", _COLOUR),
    **_each("fill-rule clip-rule stroke-linecap stroke-linejoin text-anchor font-weight font-style", _WORD),
    **_each("gradientUnits clipPathUnits spreadMethod dominant-baseline vector-effect display visibility", _WORD),
    **_each("points stroke-dasharray", _NUMBERS),
    **_each("transform gradientTransform", _TRANSFORM),
    "d": _PATH,
    "id": _ID,
    "font-family": _FONT,
    "preserveAspectRatio": _ASPECT,
}
"""The form of the value of each attribute."""

_GRADIENTS: Final = ("linearGradient", "radialGradient")
_REFERRING: Final = {"fill": _GRADIENTS, "stroke": _GRADIENTS, "clip-path": ("clipPath",)}
"""Attributes that may name an element of the same drawing, and of which kinds."""

_SAY_SIZE: Final = 'Write it like `viewBox="0 0 320 200"`.'

_SHORTEST_DASH: Final = 0.1
"""Below it, a long line has more dashes than a phone draws in time."""

_ELEMENTS: Final = frozenset(
    re.findall(
        r"\w+",
        "svg g path circle ellipse rect line polyline polygon text tspan title desc defs linearGradient radialGradient "
        "stop clipPath",
    )
)


def compile_drawing(data: bytes) -> CompiledImage:
    """The drawing, harmless and as small as it can be written; the same bytes give the same bytes.

    Raises:
        BadImage: no SVG, too large, or with something in it that is no drawing.
    """
    if len(data) > limits.DRAWING_SIZE:
        raise BadImage(
            f"The drawing has {len(data) // 1024:,} KB.",
            f"Draw it simpler: at most {limits.DRAWING_SIZE // 1024:,} KB.",
        )
    root = _parse(data)
    if root.tag != f"{_NAMESPACE}svg":
        raise BadImage("The drawing is no SVG.", 'Begin it with `<svg xmlns="http://www.w3.org/2000/svg" …>`.')
    _check_size(root)
    kinds = _ids(root)
    written = "".join(_written(root, kinds, within=()))
    width, height = _shown_size(root)
    content = written.encode()
    name = f"{hashlib.sha256(content).hexdigest()[:20]}.svg"
    return CompiledImage(width, height, (), (), drawing=ImageFile(name, content, width))


def _parse(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadImage("The drawing declares a document type.", "Take out its line `<!DOCTYPE …>`.") from error
    except (ParseError, ValueError, LookupError) as error:
        raise BadImage("The drawing is no XML that can be read.", "Save it again as plain SVG.") from error
    return root


def _check_size(root: Element) -> None:
    """Before anything else walks through it: how many elements there are, and how deep they stand."""
    level, count, depth = [root], 0, 0
    while level:
        depth += 1
        count += len(level)
        if count > limits.DRAWING_ELEMENTS:
            raise BadImage(f"The drawing has more than {limits.DRAWING_ELEMENTS:,} elements.", "Draw it simpler.")
        if depth > limits.DRAWING_DEPTH:
            raise BadImage(
                f"Its elements stand within one another more than {limits.DRAWING_DEPTH} deep.", "Ungroup some of them."
            )
        level = [child for element in level for child in element]


def _ids(root: Element) -> dict[str, str]:
    """The kind of each element that has a name."""
    kinds: dict[str, str] = {}
    for element in root.iter():
        name = element.get("id")
        if name is None:
            continue
        if name in kinds:
            raise BadImage(f'Two elements of the drawing are called "{shown(name)}".', "Give each its own id.")
        kinds[name] = str(element.tag).removeprefix(_NAMESPACE)
    return kinds


def _written(element: Element, kinds: dict[str, str], within: tuple[str, ...]) -> Iterator[str]:
    tag = str(element.tag)
    if not tag.startswith(_NAMESPACE):
        return  # what drawing programs keep for themselves
    name = tag.removeprefix(_NAMESPACE)
    if name in _IGNORED:
        return
    if name not in _ELEMENTS or (name == "svg" and within):
        raise BadImage(
            f"The drawing holds <{shown(name)}>, which is not allowed.",
            "Use shapes, text and gradients; put colours on the shapes themselves (`fill`, `stroke`).",
        )
    attributes = dict(_attributes(name, element, kinds, within))
    if name == "svg":
        width, height = _shown_size(element)
        size = {"viewBox": _view_box(element), "width": str(width), "height": str(height)}
        attributes = {"xmlns": _NAMESPACE.strip("{}"), **size, **attributes}
    yield f"<{name}" + "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    inner = list(_inner(name, element, kinds, (*within, name)))
    yield ">" if inner else "/>"
    if inner:
        yield from inner
        yield f"</{name}>"


def _inner(name: str, element: Element, kinds: dict[str, str], within: tuple[str, ...]) -> Iterator[str]:
    tells = name in _TELLING
    if tells and element.text:
        yield escape(_one_line(element.text))
    for child in element:
        if isinstance(child.tag, str):
            yield from _written(child, kinds, within)
        if tells and child.tail:
            yield escape(_one_line(child.tail))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _attributes(
    name: str, element: Element, kinds: dict[str, str], within: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        if key.startswith("{") and "xlink" not in key:
            continue
        if _IGNORED_ATTRIBUTES.fullmatch(key) or (name == "svg" and key in ("viewBox", "width", "height", "x", "y")):
            continue
        yield key, _value(name, key, " ".join(value.split()), kinds, within)


def _value(name: str, key: str, value: str, kinds: dict[str, str], within: tuple[str, ...]) -> str:
    local = key.rpartition("}")[2]
    found = _REFERENCE.fullmatch(value) if key in _REFERRING else None
    if found:
        if kinds.get(found[1]) not in _REFERRING[key] or (key == "clip-path" and "clipPath" in within):
            raise BadImage(f'"{shown(value)}" names nothing that `{key}` may name.', "Draw it without.")
        return f"url(#{found[1]})"
    if key not in _FORMS:
        raise BadImage(
            f"The drawing has `{shown(local)}` on <{name}>, which is not allowed.",
            "Take it out, or write a `style` as attributes: `fill`, `stroke`, `stroke-width`.",
        )
    if not _FORMS[key].fullmatch(value):
        raise BadImage(f'"{shown(value)}" is no value of `{key}` that a drawing may have.', "Write it plainly.")
    if key not in ("fill", "stroke", "color", "stop-color", "id"):
        _check_numbers(key, value)
    return value


def _check_numbers(key: str, value: str) -> None:
    for number in map(float, _NUMBER.findall(value)):
        if abs(number) > limits.DRAWING_NUMBER:
            raise BadImage(
                f"A number of `{key}` is larger than {limits.DRAWING_NUMBER:,}.", "Draw it in smaller units."
            )
        if key == "stroke-dasharray" and 0 < number < _SHORTEST_DASH:
            raise BadImage(f"A dash is shorter than {_SHORTEST_DASH}.", "Draw a plain line, or longer dashes.")


def _box(root: Element) -> tuple[float, float, float, float]:
    """The part of the plane that is shown: x, y, width, height."""
    given = root.get("viewBox", "")
    if not given:
        width, height = _pixels(root, "width"), _pixels(root, "height")
        box = (0.0, 0.0, width, height)
    else:
        numbers = [float(each) for each in _NUMBER.findall(given)] if _NUMBERS.fullmatch(given) else []
        if len(numbers) != 4:
            raise BadImage(
                "The `viewBox` of the drawing is not four numbers.", 'Write it like `viewBox="0 0 320 200"`.'
            )
        box = (numbers[0], numbers[1], numbers[2], numbers[3])
    if min(box[2:]) <= 0 or max(map(abs, box)) > limits.DRAWING_NUMBER:
        raise BadImage("The drawing does not say how large it is.", _SAY_SIZE)
    return box


def _view_box(root: Element) -> str:
    return " ".join(f"{number:g}" for number in _box(root))


def _pixels(root: Element, key: str) -> float:
    """A length of the drawing in pixels; 0 where it says none."""
    value = root.get(key, "").strip().removesuffix("px")
    return float(value) if len(value) <= 30 and _NUMBER.fullmatch(value) else 0.0


def _shown_size(root: Element) -> tuple[int, int]:
    """How large it is shown, in pixels: as large as it says or as its units are, and no wider than other pictures."""
    _, _, box_width, box_height = _box(root)
    width = _pixels(root, "width")
    width = min(width if 0 < width <= limits.DRAWING_NUMBER else box_width, limits.IMAGE_WIDTH)
    height = width * box_height / box_width
    if height > limits.IMAGE_HEIGHT:
        raise BadImage("The drawing is too tall for a phone.", "Cut it into several pictures.")
    return max(1, round(width)), max(1, round(height))

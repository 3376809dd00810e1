"""A story that she decides: scenes, each with ways to others, until one ends well or badly.

:::: question message scenario
A message arrives. You decide.

::: scene start
What do you do?

- I touch the link => robbed
- I call the bank => called
:::

::: scene robbed wrong
They take your money, because …
:::

::: scene called right
The bank tells you …
:::
::::
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Choice, Question, Scenario, Way
from trenza.apps.learning.content.manifest import CODE, CODE_LENGTH, shown
from trenza.apps.learning.content.markdown import OPEN, container_name, container_title, groups, line_of
from trenza.apps.learning.content.questions.parts import (
    LISTS,
    Block,
    Heading,
    Tools,
    fragment,
    items,
    make_question,
    read_hint,
    text_of,
    with_text,
)

_WAY: Final = re.compile(r"(.*?)\s*=>\s*(\S+)", re.DOTALL)
_REMEDY: Final = "Write `- what she does => NAME`."


@dataclass
class _Scene:
    line: int
    name: str
    end: Literal["right", "wrong", ""]
    html: str = ""
    ways: list[tuple[str, str, int]] = field(default_factory=list)
    """Words, the name of the scene that they lead to, and the line."""


def read_scenario(heading: Heading, blocks: Sequence[Block], tools: Tools) -> Question:
    """The question; its choices are the scenes, in the order in which they are written. The first is the beginning."""
    at = [position for position, block in enumerate(blocks) if _is_scene(block)]
    if not at:
        remedy = "Write them: `::: scene NAME` … `:::`, and `:::: question` around them."
        tools.wrong(heading.line, "The question has no scenes.", remedy)
        return Question(heading.code, heading.kind, "", (), "", Scenario(()))
    scenes = [_read_scene(blocks[position], tools) for position in at]
    numbers = {scene.name: number for number, scene in reversed(list(enumerate(scenes)))}
    ways = tuple(tuple(_ways(scene, numbers, tools)) for scene in scenes)
    _check(heading, scenes, ways, tools)
    after = [block for block in blocks[at[0] :] if not _is_scene(block)]
    choices = [Choice(scene.html, scene.end == "right", "") for scene in scenes]
    return make_question(heading, blocks[: at[0]], choices, read_hint(after, tools), tools, Scenario(ways))


def _is_scene(block: Block) -> bool:
    return block[0].type == OPEN and container_name(block[0]) == "scene"


def _read_scene(block: Block, tools: Tools) -> _Scene:
    line = line_of(block)
    name, *more = container_title(block[0]).split() or [""]
    if not CODE.fullmatch(name) or len(name) > CODE_LENGTH:
        remedy = "Write `::: scene NAME` with small letters, digits and hyphens."
        tools.wrong(line, f'"{shown(name)}" is not the name of a scene.', remedy)
    if more not in ([], ["right"], ["wrong"]):
        what = f'"{shown(" ".join(more))}" is no end.'
        tools.wrong(line, what, "After the name of a scene stands `right`, `wrong` or nothing.")
    scene = _Scene(line, name, "right" if more == ["right"] else "wrong" if more == ["wrong"] else "")
    blocks = groups(block[1:-1])
    if blocks and _leads_on(blocks[-1]):
        for item in items(blocks[-1], tools):
            found = _WAY.fullmatch(item.text or "")
            words = fragment(with_text(item.blocks[0], found[1], tools.md), tools) if found else ""
            if not found or not words or len(item.blocks) > 1:
                tools.wrong(item.line, "This is no way on.", _REMEDY)
            else:
                scene.ways.append((words, found[2], item.line))
        blocks = blocks[:-1]
    scene.html = fragment([token for each in blocks for token in each], tools)
    if not scene.html:
        tools.wrong(line, "The scene tells nothing.", "Write what happens.")
    return scene


def _leads_on(block: Block) -> bool:
    if block[0].type not in LISTS:
        return False
    first = (groups(group[1:-1])[:1] for group in groups(block[1:-1]))
    return any("=>" in (text_of(item[0]) or "") for item in first if item)


def _ways(scene: _Scene, numbers: Mapping[str, int], tools: Tools) -> Iterator[Way]:
    for words, name, line in scene.ways:
        if name not in numbers:
            tools.wrong(line, f'There is no scene "{shown(name)}".', "Write it, or correct its name.")
        elif name == scene.name:
            tools.wrong(line, "This way leads back to its own scene.", "Lead to another one.")
        else:
            yield Way(words, numbers[name])


def _check(heading: Heading, scenes: Sequence[_Scene], ways: Sequence[Sequence[Way]], tools: Tools) -> None:
    if len(scenes) > limits.SCENES:
        tools.wrong(heading.line, f"The question has {len(scenes)} scenes.", f"At most {limits.SCENES}.")
    names = [scene.name for scene in scenes]
    for number, scene in enumerate(scenes):
        if scene.name in names[:number]:
            tools.wrong(scene.line, f'Two scenes are called "{shown(scene.name)}".', "Give each a name of its own.")
        _check_ways(scene, tools)
    for end in ("right", "wrong"):
        if not any(scene.end == end for scene in scenes):
            what = "No scene ends well." if end == "right" else "No scene ends badly: there is nothing to decide."
            tools.wrong(heading.line, what, f"Write `{end}` after the name of one.")
    if any(len(found) < len(scene.ways) for scene, found in zip(scenes, ways, strict=True)):
        return  # what leads nowhere is told already
    reached = _reached(ways)
    for number, scene in enumerate(scenes):
        if number not in reached:
            tools.wrong(scene.line, "No way leads to this scene.", "Lead to it, or take it out.")
        elif scene.ways and not any(scenes[to].end for to in _reached(ways, number)):
            tools.wrong(scene.line, "From here no way comes to an end.", "Lead to a scene that ends.")


def _check_ways(scene: _Scene, tools: Tools) -> None:
    if scene.end and scene.ways:
        tools.wrong(scene.line, "A scene that ends leads nowhere.", "Take out its ways, or the word after its name.")
    elif not scene.end and not scene.ways:
        tools.wrong(scene.line, "From this scene nothing leads on.", f"{_REMEDY} Or write `right` or `wrong` above.")
    elif not scene.end and not limits.LEAST_WAYS <= len(scene.ways) <= limits.WAYS:
        what = "1 way" if len(scene.ways) == 1 else f"{len(scene.ways)} ways"
        tools.wrong(scene.line, f"This scene has {what} on.", f"Give {limits.LEAST_WAYS} to {limits.WAYS}.")


def _reached(ways: Sequence[Sequence[Way]], start: int = 0) -> set[int]:
    """The scenes that somebody comes to from a scene, and it."""
    found, left = {start}, [start]
    while left:
        for way in ways[left.pop()]:
            if way.to not in found:
                found.add(way.to)
                left.append(way.to)
    return found

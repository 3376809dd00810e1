"""Which kind of question it is, and who reads it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from markdown_it.token import Token

from trenza.apps.learning.content.course import Kind, Question
from trenza.apps.learning.content.manifest import CODE, CODE_LENGTH, shown
from trenza.apps.learning.content.markdown import container_title, groups, line_of
from trenza.apps.learning.content.questions.choices import read_choices
from trenza.apps.learning.content.questions.matching import read_match
from trenza.apps.learning.content.questions.numbers import read_number
from trenza.apps.learning.content.questions.ordering import read_order
from trenza.apps.learning.content.questions.parts import Block, Heading, Tools
from trenza.apps.learning.content.questions.scenes import read_scenario
from trenza.apps.learning.content.questions.words import read_text

KINDS: Final[Mapping[str, Kind]] = {
    "one": "one",
    "several": "several",
    "true-false": "true_false",
    "order": "order",
    "match": "match",
    "number": "number",
    "text": "text",
    "scenario": "scenario",
}

_READERS: Final[Mapping[Kind, Callable[[Heading, Sequence[Block], Tools], Question]]] = {
    "one": read_choices,
    "several": read_choices,
    "true_false": read_choices,
    "order": read_order,
    "match": read_match,
    "number": read_number,
    "text": read_text,
    "scenario": read_scenario,
}


def read_question(opening: Token, inner: Sequence[Token], tools: Tools) -> Question:
    """A question from its container; whatever is wrong is told to `tools.wrong` and the rest is read all the same."""
    heading = _read_heading(opening, tools)
    return _READERS[heading.kind](heading, groups(inner), tools)


def _read_heading(opening: Token, tools: Tools) -> Heading:
    line = line_of([opening])
    words = container_title(opening).split()
    *others, last = (f"`{kind}`" for kind in KINDS)
    remedy = f"Write `::: question CODE KIND`; the kinds are {', '.join(others)} and {last}."
    if len(words) != 2:
        tools.wrong(line, "A question needs a code and a kind.", remedy)
    code = words[0] if words else ""
    kind = words[1] if len(words) > 1 else "one"
    if words and (not CODE.fullmatch(code) or len(code) > CODE_LENGTH):
        tools.wrong(line, f'"{shown(code)}" is not a code.', "Use small letters, digits and hyphens.")
    if kind not in KINDS:
        tools.wrong(line, f'"{shown(kind)}" is not a kind of question.', remedy)
    return Heading(code, KINDS.get(kind, "one"), line)

"""Steps to put in order; the list is written in the right order.

::: question steps order
Put in order what you do.

1. First
   > What she reads when it stands in a wrong place.
2. Then
3. Last
:::
"""

from collections.abc import Sequence

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Choice, Question
from trenza.apps.learning.content.questions.parts import (
    Block,
    Heading,
    Tools,
    divide,
    find_last,
    fragment,
    items,
    make_question,
    read_hint,
)


def read_order(heading: Heading, blocks: Sequence[Block], tools: Tools) -> Question:
    """The question; its choices are the steps, in their order."""
    at = find_last(blocks, lambda block: block[0].type == "ordered_list_open")
    if at is None:
        remedy = "List them in the right order: `1. First`, `2. Then`."
        tools.wrong(heading.line, "The question has nothing to put in order.", remedy)
        return Question(heading.code, heading.kind, "", (), "")
    steps = []
    for item in items(blocks[at], tools):
        content, feedback = divide(item, tools)
        html = fragment([*(item.blocks[0] if item.blocks else ()), *content], tools)
        if not html:
            tools.wrong(item.line, "The step is empty.", "Write it after its number.")
        steps.append(Choice(html, True, fragment(feedback, tools)))
    if not limits.LEAST_STEPS <= len(steps) <= limits.STEPS:
        remedy = f"Give {limits.LEAST_STEPS} to {limits.STEPS}."
        what = "1 step" if len(steps) == 1 else f"{len(steps)} steps"
        tools.wrong(heading.line, f"The question has {what}.", remedy)
    written = [step.html for step in steps if step.html]
    if len(set(written)) < len(written):
        tools.wrong(heading.line, "Two steps are the same.", "Change one: which of them comes first nobody can know.")
    return make_question(heading, blocks[:at], steps, read_hint(blocks[at + 1 :], tools), tools)

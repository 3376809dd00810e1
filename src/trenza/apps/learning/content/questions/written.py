"""What numbers and words have in common: the choice `...`, which is whatever else she writes."""

from collections.abc import Sequence
from typing import Final

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.questions.choices import Boxed
from trenza.apps.learning.content.questions.parts import Heading, Tools, fragment

ELSE: Final = ("...", "…")


def part_others(choices: Sequence[Boxed], heading: Heading, tools: Tools) -> tuple[list[Boxed], str]:
    """The choices, and what she reads who writes anything else."""
    written = [each for each in choices if each.text.strip() not in ELSE]
    others = [each for each in choices if each.text.strip() in ELSE]
    for each in others:
        if each.right:
            tools.wrong(each.item.line, "Whatever she writes would be right.", "Write `- [ ] ...`.")
    for each in others[1:]:
        tools.wrong(each.item.line, "`...` stands there twice.", "Leave one, with what is said of anything else.")
    if not any(each.right for each in written):
        tools.wrong(heading.line, "No choice is right.", "Mark the right one with `[x]`.")
    if len(written) > limits.CHOICES:
        tools.wrong(heading.line, f"The question has {len(written)} choices.", f"At most {limits.CHOICES}.")
    return written, fragment(others[0].feedback, tools) if others else ""

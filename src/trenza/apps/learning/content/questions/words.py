"""A word or a few that she writes.

::: question word text
What is it called?

- [x] password
- [x] pass phrase
- [ ] user
  > That is who you are.
- [ ] ...
  > What she reads for anything else.
:::
"""

from collections.abc import Sequence
from html import escape

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Choice, Question, Text
from trenza.apps.learning.content.manifest import shown
from trenza.apps.learning.content.questions.choices import part
from trenza.apps.learning.content.questions.parts import Block, Heading, Tools, fragment, make_question, plain
from trenza.apps.learning.content.questions.written import part_others
from trenza.apps.learning.content.written import fold


def read_text(heading: Heading, blocks: Sequence[Block], tools: Tools) -> Question:
    """The question; its choices are the words that have feedback of their own."""
    parted = part(heading, blocks, tools)
    if parted is None:
        return Question(heading.code, heading.kind, "", (), "", Text((), ""))
    written, other = part_others(parted.choices, heading, tools)
    choices: list[Choice] = []
    accepted: list[str] = []
    for each in written:
        line, text = each.item.line, plain(each.text, tools.md) or ""
        folded = fold(text)
        words = len(folded.split())
        if each.content or not words:
            tools.wrong(line, "This is no word.", "Write a word after the box, without a picture.")
        elif words > limits.WRITTEN_WORDS or len(text) > limits.WRITTEN_LENGTH:
            remedy = f"At most {limits.WRITTEN_WORDS}: nobody writes a sentence exactly so. Or ask with `one`."
            tools.wrong(line, f'"{shown(text)}" has {words} words.', remedy)
        elif folded in accepted:
            remedy = "Take it out: capitals, accents and punctuation do not count."
            tools.wrong(line, f'"{shown(text)}" is the same as one before.', remedy)
        else:
            accepted.append(folded)
            choices.append(Choice(escape(text, quote=False), each.right, fragment(each.feedback, tools)))
    return make_question(heading, parted.before, choices, parted.hint, tools, Text(tuple(accepted), other))

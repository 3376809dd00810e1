"""A question on a lesson's page: the same controls with scripts and without.

Choices and the end of a scenario are `q.CODE`, with an index as value; so is what she writes. Steps are `q.CODE.PLACE`,
one for each that is shown, with their number from 1; pairs are `q.CODE.NUMBER`, with the place of the right side.

Where a question `tells`, `data-right` on its fieldset has the right values in the order of the page, and what is said
of them stands hidden beside them. Where it does not, nothing here depends on what is right.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Match, Number, Question, Scenario, Text
from trenza.apps.learning.content.mixing import shown_order
from trenza.apps.learning.content.phrases import Phrases

CHOICES: Final = ("one", "several", "true_false")
"""The kinds of questions that the script of every lesson's page knows."""

_BLOCK = re.compile(r"<(p|pre|ul|ol|dl|table|div|blockquote|h[2-6]|details|figure|hr)\b")


def question_html(question: Question, words: Phrases, *, tells: bool) -> str:
    """A question; where it `tells`, with what a page needs to say at once what is right, and why."""
    code, shown = question.code, shown_order(question, exam=not tells)
    fieldset = f'class="card q" data-q="{code}" data-kind="{question.kind}"'
    right = _right(question, shown)
    if tells and right:
        fieldset += f' data-right="{",".join(map(str, right))}"'
    if blank := _blank(question, words):
        fieldset += f' data-choose="{escape(blank)}"'
    if _BLOCK.search(question.prompt_html):  # a legend holds no blocks
        opening = f'<fieldset {fieldset} aria-labelledby="p-{code}">'
        prompt = f'<div class="prompt" id="p-{code}">{question.prompt_html}</div>'
    else:
        opening = f"<fieldset {fieldset}>"
        prompt = f"<legend>{question.prompt_html}</legend>"
    hint = (
        [f'<details class="hint"><summary>{words.hint}</summary>{question.hint_html}</details>']
        if question.hint_html and tells
        else []
    )
    controls = _controls(question, words, shown, tells=tells)
    return "\n".join([opening, prompt, *controls, *hint, "</fieldset>"])


def _right(question: Question, shown: Sequence[int]) -> Sequence[int]:
    """The values that are right: all to be chosen, one for each control, or any of them. None for what she writes."""
    match question.kind:
        case "order":
            return [index + 1 for index in shown]
        case "match":
            return [shown.index(index) for index in question.right]
        case "number" | "text":
            return ()
        case _:
            return question.right


def _blank(question: Question, words: Phrases) -> str:
    """What she reads who has not answered; nothing where the page's own words do."""
    match question.kind:
        case "order":
            return words.place_each
        case "match":
            return words.join_each
        case "number" | "text":
            return words.write_first
        case "scenario":
            return words.end_first
        case _:
            return ""


def _controls(question: Question, words: Phrases, shown: Sequence[int], *, tells: bool) -> Iterator[str]:
    match question.details:
        case Match(targets):
            options = [(str(place), targets[index]) for place, index in enumerate(shown)]
            for number, choice in enumerate(question.choices):
                select = _select(f"q.{question.code}.{number}", options)
                why = _why(choice.feedback_html, tells)
                yield f'<label class="opt"><span>{choice.html} {select}{why}</span></label>'
        case Number(ranges, unit, other):
            values = [f"{least} {most}" for least, most in ranges]
            yield _written(question, values, unit, other, words, tells=tells)
        case Text(accepted, other):
            yield _written(question, accepted, "", other, words, tells=tells)
        case Scenario():
            yield from _scenes(question, question.details, words)
        case None if question.kind == "order":
            places = [("", str(place)) for place in range(1, len(shown) + 1)]
            for place, index in enumerate(shown):
                choice = question.choices[index]
                select = _select(f"q.{question.code}.{place}", places)
                why = _why(choice.feedback_html, tells)
                yield f'<label class="opt">{select}<span>{choice.html}{why}</span></label>'
        case None:
            yield from _choices(question, tells=tells)


def _choices(question: Question, *, tells: bool) -> Iterator[str]:
    control = "checkbox" if question.kind == "several" else "radio"
    for index, choice in enumerate(question.choices):
        feedback = f'<span class="fb" data-fb hidden>{choice.feedback_html}</span>'
        yield (
            f'<label class="opt"><input type="{control}" name="q.{question.code}" value="{index}"><span>{choice.html}'
            + (feedback if choice.feedback_html and tells else "")
            + "</span></label>"
        )


def _select(name: str, options: Sequence[tuple[str, str]]) -> str:
    """A list to choose from; an option is its value, where it differs from its words, and them."""
    listed = "".join(
        f'<option value="{value}">{escape(words)}</option>' if value else f"<option>{escape(words)}</option>"
        for value, words in options
    )
    return f'<select name="{name}"><option value="">–</option>{listed}</select>'


def _why(feedback: str, tells: bool) -> str:
    """What is said where this one is wrong, and only then."""
    return f'<span class="fb" data-fb data-no hidden>{feedback}</span>' if feedback and tells else ""


def _written(question: Question, values: Sequence[str], unit: str, other: str, words: Phrases, *, tells: bool) -> str:
    """A field to write in, and what is said of whatever she writes: the first that it meets, or the last."""
    mode = ' inputmode="decimal" size="8"' if isinstance(question.details, Number) else ' autocapitalize="none"'
    field = (
        f'<input class="in" name="q.{question.code}"{mode} autocomplete="off" spellcheck="false"'
        f' maxlength="{limits.WRITTEN_LENGTH}">'
    )
    told = [
        f'<span class="fb" data-is="{escape(value)}"{" data-ok" * choice.right} hidden>{choice.feedback_html}</span>'
        for choice, value in zip(question.choices, values, strict=True)
    ]
    told.append(f'<span class="fb" hidden>{other}</span>')
    after = f" {escape(unit)}" if unit else ""
    return f'<label class="opt"><span>{words.your_answer} {field}{after}{"".join(told) if tells else ""}</span></label>'


def _scenes(question: Question, scenario: Scenario, words: Phrases) -> Iterator[str]:
    """All scenes in their order; the style sheet shows the one that the address names. Each end has a radio button."""
    for index, (choice, ways) in enumerate(zip(question.choices, scenario.ways, strict=True)):
        lines = [f'<div class="scene" id="s-{question.code}-{index}" tabindex="-1">', f"<div>{choice.html}</div>"]
        lines += [f'<a class="btn ghost" href="#s-{question.code}-{way.to}">{way.html}</a>' for way in ways]
        if not ways:
            end = f'<input type="radio" name="q.{question.code}" value="{index}"><span>{words.this_end}</span>'
            lines.append(f'<label class="opt again">{end}</label>')
            lines.append(f'<a class="btn ghost again" href="#s-{question.code}-0">{words.from_start}</a>')
        yield "\n".join([*lines, "</div>"])

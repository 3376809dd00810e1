"""Questions with lettered choices and an answer key, as teachers write them, made questions that a lesson can grade.

A question becomes one only when the key says beyond doubt which choices are right; else it stays prose.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.importers.escaping import container, indent

_LETTER = r"[A-Ha-h]"
_CHOICE = re.compile(rf"\s*(?:[-*+]\s+)?(?:\*\*)?\(?({_LETTER})(?:\*\*)?[.)](?:\*\*)?\s+(\S.*)")
_BOX = re.compile(r"\s*(?:[-*+]|[0-9]{1,2}[.)])\s+\[( |x|X)\]\s+(\S.*)")
_AND = r"\s*(?:,|;|/|&|\+|y|e|and|und)\s*"
_LETTERS = rf"\(?{_LETTER}\)?(?:{_AND}\(?{_LETTER}\)?){{0,7}}"
_ANSWER = re.compile(
    rf"\s*(?:[-*+]\s+)?(?:\*\*)?(?:(?:pregunta|question|respuesta|answer)\s+)?([0-9]{{1,3}})\s*[.):–-]*(?:\*\*)?\s*"
    rf"(?:(?:respuesta(?:\s+correcta)?|answer|correct[ao]?)\s*:?\s*)?(?:\*\*)?({_LETTERS})(?![\w'’])(?:\*\*)?[.):]*(?:\*\*)?"
    r"[.:]?(?:\s+[-–—]\s+|\s+|$)(.*)",
    re.IGNORECASE,
)
_KEY_TITLE = re.compile(
    r"\W*(?:solucionario|soluciones|respuestas(?:\s+correctas)?|clave(?:\s+de\s+respuestas)?|hoja\s+de\s+respuestas"
    r"|answer\s+key|answers?|solutions?|gabarito)\b",
    re.IGNORECASE,
)
_TRUE_FALSE = ({"verdadero", "falso"}, {"cierto", "falso"}, {"true", "false"}, {"v", "f"})


@dataclass
class Choice:
    """One choice as the source has it. `label` is its letter in small, or empty where it has a box."""

    label: str
    text: str
    line: int
    right: bool = False


@dataclass
class Asked:
    """A question as the source has it: what is asked, its choices, and what stands behind them."""

    prompt: str
    line: int
    choices: list[Choice] = field(default_factory=list)
    after: str = ""

    @property
    def boxed(self) -> bool:
        """Whether its choices have boxes, so that it needs no key."""
        return any(not choice.label for choice in self.choices)


@dataclass(frozen=True)
class Answer:
    """What the key says of a question: letters in small, and why."""

    letters: tuple[str, ...]
    why: str
    line: int


def is_key_title(title: str) -> bool:
    """Whether what stands under a heading of this title is an answer key."""
    return _KEY_TITLE.match(title) is not None


def read_asked(text: str, line: int) -> Asked:
    """What stands under the heading of one question. Without choices it is all prompt."""
    asked = Asked("", line)
    prompt: list[str] = []
    after: list[str] = []
    blank = False
    for number, each in enumerate(text.split("\n"), start=line):
        found, box = _CHOICE.fullmatch(each), _BOX.fullmatch(each)
        if box:
            asked.choices.append(Choice("", box[2].strip(), number, right=box[1] != " "))
        elif found and (found[1].lower() == _next_letter(asked) or (not asked.choices and found[1].lower() == "a")):
            asked.choices.append(Choice(found[1].lower(), found[2].strip(), number))
        elif not asked.choices:
            prompt.append(each)
        elif each.strip() and not after and not blank:
            asked.choices[-1].text += f" {each.strip()}"
        elif each.strip() or after:
            after.append(each)
        blank = not each.strip()
    asked.prompt, asked.after = "\n".join(prompt).strip("\n"), "\n".join(after).strip("\n")
    asked.line = line + next((at for at, each in enumerate(prompt) if each.strip()), 0)
    return asked


def _next_letter(asked: Asked) -> str:
    return chr(ord(asked.choices[-1].label) + 1) if asked.choices and asked.choices[-1].label else ""


def read_key(text: str, line: int) -> tuple[dict[int, list[Answer]], list[tuple[int, str]]]:
    """The answers by the number of their question, and the lines that are no answer (number and text)."""
    answers: dict[int, list[Answer]] = {}
    others: list[tuple[int, str]] = []
    current: int | None = None
    for number, each in enumerate(text.split("\n"), start=line):
        found = _ANSWER.fullmatch(each)
        if found:
            current = int(found[1])
            letters = tuple(dict.fromkeys(re.findall(_LETTER, _without_words(found[2]).lower())))
            answers.setdefault(current, []).append(Answer(letters, found[3].strip(), number))
        elif current is not None and each.strip() and each[:1] in " \t":
            last = answers[current][-1]
            answers[current][-1] = Answer(last.letters, f"{last.why} {each.strip()}".strip(), last.line)
        elif each.strip():
            current = None
            others.append((number, each.strip()))
    return answers, others


def _without_words(letters: str) -> str:
    """Letters without the words between them: the `and` of `a and b` holds letters too."""
    return re.sub(r"\band\b|\bund\b|(?<=\s)e(?=\s)", ",", letters, flags=re.IGNORECASE)


def decide(asked: Asked, answers: Sequence[Answer]) -> tuple[set[int], str]:
    """The indices of the right choices, and why there are none where there are none."""
    if len(asked.choices) < 2:
        return set(), "it has no choices"
    if len(asked.choices) > limits.CHOICES:
        return set(), f"it has more than {limits.CHOICES} choices"
    if len({" ".join(choice.text.split()).casefold() for choice in asked.choices}) < len(asked.choices):
        return set(), "two of its choices are the same"
    if asked.boxed:
        right = {at for at, choice in enumerate(asked.choices) if choice.right}
        return right, "" if right else "no box is ticked"
    if not answers:
        return set(), "the key has no answer to it"
    if len(answers) > 1:
        return set(), "the key answers it twice"
    labels = [choice.label for choice in asked.choices]
    unknown = [letter for letter in answers[0].letters if letter not in labels]
    if unknown:
        return set(), f"the key names {', '.join(unknown)}), which it has not"
    return {labels.index(letter) for letter in answers[0].letters}, ""


def question(code: str, prompt: str, choices: Sequence[tuple[str, str]], right: set[int]) -> str:
    """Our Markdown of a question. Each choice is its Markdown and its feedback, which may be empty."""
    kind = kind_of([text for text, _ in choices], right)
    listed = "\n\n".join(choice(text, feedback, at in right) for at, (text, feedback) in enumerate(choices))
    return container(f"question {code} {kind}", f"{prompt}\n\n{listed}")


def kind_of(choices: Sequence[str], right: set[int]) -> str:
    """What our format calls a question with these choices."""
    if len(right) > 1:
        return "several"
    words = {re.sub(r"\W", "", text).casefold() for text in choices}
    return "true-false" if len(choices) == 2 and words in _TRUE_FALSE else "one"


def choice(text: str, feedback: str, right: bool) -> str:
    """One choice with its box, and what is read by who chose it."""
    box = f"- [{'x' if right else ' '}]"
    plainly = not re.match(r"[`~:|#>]{3}|[-*+] |[0-9]{1,9}[.)] |#|>", text)
    lines = [f"{box} {indent(text, '  ', '')}"] if plainly else [box, "", indent(text, "  ")]
    if feedback:
        lines += ["", indent(feedback, "  > ")]
    return "\n".join(lines)


def numbered(answers: Mapping[int, Sequence[Answer]], count: int) -> list[int]:
    """Numbers in the key that no question has."""
    return [number for number in answers if not 1 <= number <= count]

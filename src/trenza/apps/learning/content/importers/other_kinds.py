"""Questions of a quiz that are no choice among letters: steps to put in order, pairs, a number, a word to fill in.

Each is recognised by what the question asks together with what the key says of it. Whatever our own format would
refuse stays as it was, and why is what our own reader says of it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.importers.escaping import container, escape_text, indent
from trenza.apps.learning.content.importers.quizzes import Asked, choice
from trenza.apps.learning.content.markdown import groups, make_parser
from trenza.apps.learning.content.questions.parts import Tools
from trenza.apps.learning.content.questions.reading import read_question

_LETTER = r"\(?[A-Ha-h]\)?"
_ENTRY = re.compile(
    r"\s*(?:[-*+]\s+)?(?:(?:pregunta|question|respuesta|answer)\s+)?([0-9]{1,3})\s*[.):–-]+\s*"
    r"(?:(?:respuesta(?:\s+correcta)?|answer|correct[ao]?)\s*:\s*)?(\S.*)",
    re.IGNORECASE,
)
_ASKS_ORDER = re.compile(
    r"\b(?:ordena|ordene|ordenen|ordenar|en\s+(?:qu[eé]|el)\s+orden|en\s+orden|arrange|sort"
    r"|in\s+(?:(?:the|what|which)\s+)?(?:(?:right|correct)\s+)?order)\b",
    re.IGNORECASE,
)
_THEN = r"\s*(?:,|;|→|->|>|-|–|\by\b|\band\b)\s*"
_STEPS = re.compile(rf"({_LETTER}(?:{_THEN}{_LETTER}){{1,7}})(?![\w'’])[.:]?(?:\s+(.*))?", re.IGNORECASE)
_PAIR = rf"[0-9]{{1,2}}\s*(?:-|–|—|→|->|=>|=|:)?\s*{_LETTER}"
_PAIRS = re.compile(
    rf"({_PAIR}(?:\s*[,;/]?\s*(?:\b(?:y|and)\b\s*)?{_PAIR}){{1,11}})(?!\w)[.:]?(?:\s+(.*))?", re.IGNORECASE
)
_LEFT = re.compile(r"[ \t]*([0-9]{1,2})[.)][ \t]+(\S.*)")
_NUMBER = re.compile(
    r"((?:[-−]\s?)?[0-9](?:[0-9.,'’]*[0-9])?(?:\s*(?:±|\+/?-)\s*[0-9](?:[0-9.,]*[0-9])?)?"
    r"(?:\s*(?:%|[^\W\d_]+(?:\s[^\W\d_]+){0,2}|[€$£]))?)"
    r"(?:\.?|[.:]\s+(\S.*)|\s+[–—-]\s+(\S.*))"
)
_BLANK = re.compile(r"(?:\\?_){3,}|\[_*\]|\.{5,}|…{2,}")
_OR = re.compile(r"\s*/\s*|\s+(?:o|or)\s+", re.IGNORECASE)
_WORD = re.compile(r"[\"“«'‘]?([^\W_][^\"“”«»*`_]*?)[\"”»'’]?\.?")


@dataclass(frozen=True)
class Entry:
    """What stands behind the number of a question in a key, and its line."""

    text: str
    line: int


@dataclass(frozen=True)
class Found:
    """A question of another kind, in our Markdown without its code; or the `problem` for which it is none."""

    kind: str
    inner: str = ""
    problem: str = ""

    def markdown(self, code: str) -> str:
        """The question under a code."""
        return container(f"question {code} {self.kind}", self.inner)


def read_entries(text: str, line: int) -> dict[int, list[Entry]]:
    """The lines of a key by the number of their question, whatever they say."""
    entries: dict[int, list[Entry]] = {}
    for number, each in enumerate(text.split("\n"), start=line):
        if found := _ENTRY.fullmatch(each.replace("**", "")):
            entries.setdefault(int(found[1]), []).append(Entry(" ".join(found[2].split()), number))
    return entries


class OtherKinds:
    """Finds them. `write` makes our Markdown of a text and its line."""

    def __init__(self, write: Callable[[str, int], str]) -> None:
        self.write = write

    def find(self, asked: Asked, entries: Sequence[Entry]) -> Found | None:
        """The question that this is, with the reason where it cannot be one; None where it is of no such kind."""
        if len(entries) != 1 or asked.boxed:
            return None
        entry = entries[0]
        if not asked.choices:
            found = self._number(asked, entry) or self._text(asked, entry)
        else:
            found = self._match(asked, entry) or self._order(asked, entry)
        return _checked(found) if found and not found.problem else found

    def _order(self, asked: Asked, entry: Entry) -> Found | None:
        told = _STEPS.fullmatch(entry.text)
        if not told or not _ASKS_ORDER.search(asked.prompt):
            return None
        letters = _letters(told[1])
        by_letter = {each.label: each for each in asked.choices}
        if len(letters) < len(by_letter):
            return None
        if sorted(letters) != sorted(by_letter):
            return Found("order", problem="the key does not name each of its steps once")
        if not limits.LEAST_STEPS <= len(letters) <= limits.STEPS:
            return Found("order", problem=f"it has not {limits.LEAST_STEPS} to {limits.STEPS} steps to put in order")
        why = self._why(told[2], entry)
        steps = [self.write(by_letter[letter].text, by_letter[letter].line) for letter in letters]
        listed = "\n".join(_item(f"{number}. ", step, why) for number, step in enumerate(steps, start=1))
        return Found("order", f"{self.write(asked.prompt, asked.line)}\n\n{listed}")

    def _match(self, asked: Asked, entry: Entry) -> Found | None:
        told = _PAIRS.fullmatch(entry.text)
        prompt, lefts = _take_lefts(asked)
        if not told or not lefts:
            return None
        pairs = [(int(left), right.lower()) for left, right in re.findall(r"([0-9]{1,2})\W*([A-Ha-h])", told[1])]
        rights = {each.label: each for each in asked.choices}
        if sorted(left for left, _ in pairs) != sorted(lefts):
            return Found("match", problem="the key does not join each number once")
        if unknown := sorted({right for _, right in pairs} - set(rights)):
            return Found("match", problem=f"the key names {', '.join(unknown)}), which it has not")
        if len({right for _, right in pairs}) < len(pairs):
            return Found("match", problem="one right side belongs to several things")
        why = self._why(told[2], entry)
        items = []
        for number, right in sorted(pairs):
            text, line = lefts[number]
            items.append(_item("- ", f"{self.write(text, line)} => {self._right(rights.pop(right).text)}", why))
        items += [f"- => {self._right(each.text)}" for each in rights.values()]
        return Found("match", f"{self.write(prompt, asked.line)}\n\n" + "\n".join(items))

    def _number(self, asked: Asked, entry: Entry) -> Found | None:
        told = _NUMBER.fullmatch(entry.text)
        if not told or not _asks_one(asked.prompt):
            return None
        why = self._why(told[2] or told[3], entry)
        return Found("number", self._boxes(asked, [told[1]], why))

    def _text(self, asked: Asked, entry: Entry) -> Found | None:
        if len(_BLANK.findall(asked.prompt)) != 1:
            return None
        words = [_WORD.fullmatch(each.strip()) for each in _OR.split(entry.text)]
        told = [each[1].strip() for each in words if each]
        if not told or len(told) < len(words):
            return None
        return Found("text", self._boxes(asked, list(dict.fromkeys(told)), ""))

    def _boxes(self, asked: Asked, rights: Sequence[str], why: str) -> str:
        listed = [choice(escape_text(each), why, right=True) for each in rights]
        if why:
            listed.append(choice("...", why, right=False))
        return f"{self.write(asked.prompt, asked.line)}\n\n" + "\n".join(listed)

    def _why(self, text: str | None, entry: Entry) -> str:
        return self.write(text, entry.line) if text else ""

    def _right(self, text: str) -> str:
        return escape_text(re.sub(r"[*`]", "", text))


def _letters(text: str) -> list[str]:
    return [each.lower() for each in re.findall(r"\b[A-Ha-h]\b", text)]


def _take_lefts(asked: Asked) -> tuple[str, dict[int, tuple[str, int]]]:
    """What is asked without the numbered things that end it, and these by their number, each with its line."""
    lines = asked.prompt.rstrip().split("\n")
    lefts: dict[int, tuple[str, int]] = {}
    at = len(lines)
    while at and (not lines[at - 1].strip() or _LEFT.fullmatch(lines[at - 1])):
        at -= 1
        if found := _LEFT.fullmatch(lines[at]):
            if int(found[1]) in lefts:
                return asked.prompt, {}
            lefts[int(found[1])] = (found[2].strip(), asked.line + at)
    return "\n".join(lines[:at]), lefts


def _asks_one(prompt: str) -> bool:
    """Whether one thing alone is asked, so that one number can be the answer to all of it."""
    questions, blanks = prompt.count("?"), len(_BLANK.findall(prompt))
    return questions <= 1 and blanks <= 1 and questions + blanks > 0


def _item(mark: str, text: str, feedback: str) -> str:
    space = " " * len(mark)
    return "\n".join([indent(text, space, mark), *(["", indent(feedback, f"{space}> "), ""] if feedback else [])])


def _checked(found: Found) -> Found:
    """The same, with what our own reader finds wrong with it."""
    problems: list[str] = []
    md = make_parser("en")
    tools = Tools(
        md,
        lambda tokens: str(md.renderer.render(tokens, md.options, {})),
        lambda _line, problem, _remedy: problems.append(problem),
    )
    blocks = groups(md.parse(found.markdown("q1")))
    if len(blocks) != 1:
        return Found(found.kind, problem="it is more than one part")
    read_question(blocks[0][0], blocks[0][1:-1], tools)
    if not problems:
        return found
    first = problems[0].rstrip(".")
    return Found(found.kind, problem=first[:1].lower() + first[1:])

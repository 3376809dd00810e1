"""`relevant` of XLSForm, as far as conditions of ours can say it: tests of one question each, all of which are met."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

Condition = dict[str, Any]

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<name>\$\{\s*(?P<of>[^{}]+?)\s*\})|(?P<text>'[^']*'|"[^"]*")|(?P<number>-?\d+(?![\d.]))"""
    r"""|(?P<sign><=|>=|!=|=|<|>|\(|\)|,)|(?P<word>[A-Za-z][\w-]*))"""
)
_RANGES: Final = {">=": ("at_least", 0), ">": ("at_least", 1), "<=": ("at_most", 0), "<": ("at_most", -1)}
_DEEPEST: Final = 20


class CannotSay(Exception):
    """A condition of ours cannot say this; the text tells why, and what to do."""


def conditions_of(text: str, questions: Mapping[str, Mapping[str, Any]]) -> list[Condition]:
    """The conditions of an expression. `questions` are those that were asked before, by their name in the workbook.

    Raises:
        CannotSay: see there.
    """
    parser = _Parser(_tokens(text), questions)
    found = parser.either(0)
    if parser.left:
        raise CannotSay(_("“%(part)s” is not understood there.") % {"part": parser.left[0][1]})
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            raise CannotSay(_("“%(part)s” is not understood.") % {"part": text[at : at + 20]})
        kind = str(match.lastgroup if match.lastgroup != "of" else "name")
        value = match["of"] if kind == "name" else match[kind]
        found.append((kind, value.strip("'\"") if kind == "text" else value))
        at = match.end()
    return found


class _Parser:
    """XPath's order: `and` binds more than `or`."""

    def __init__(self, left: list[tuple[str, str]], questions: Mapping[str, Mapping[str, Any]]) -> None:
        self.left, self._questions = left, questions

    def either(self, depth: int) -> list[Condition]:
        several = [self._both(depth)]
        while self._takes("word", "or"):
            several.append(self._both(depth))
        if len(several) == 1:
            return several[0]
        same = {each["question"] for conditions in several for each in conditions}
        wanted = [_wanted(conditions[0]) for conditions in several]
        if len(same) > 1 or any(len(conditions) > 1 for conditions in several) or not all(wanted):
            raise CannotSay(
                _("“or” can join answers to one question only. Divide the question, or ask it of everybody.")
            )
        return [{"question": same.pop(), "one_of": [value for each in wanted for value in each]}]

    def _both(self, depth: int) -> list[Condition]:
        found = self._one(depth)
        while self._takes("word", "and"):
            found += self._one(depth)
        return _ranges_joined(found)

    def _one(self, depth: int) -> list[Condition]:
        if depth > _DEEPEST:
            raise CannotSay(_("It has too many brackets."))
        if self._takes("sign", "("):
            found = self.either(depth + 1)
            self._needs("sign", ")")
            return found
        if self._takes("word", "selected"):
            self._needs("sign", "(")
            question = self._needs("name")
            self._needs("sign", ",")
            value = self._value()
            self._needs("sign", ")")
            return [self._equal(question, value)]
        question = self._needs("name")
        sign = self._needs("sign")
        if sign == "=":
            return [self._equal(question, self._value())]
        if sign not in _RANGES:
            raise CannotSay(_("“%(sign)s” cannot be said. Name the answers for which it is asked.") % {"sign": sign})
        key, more = _RANGES[sign]
        limit = self._needs("number")
        return [{"question": self._asked(question)["code"], key: int(limit) + more}]

    def _equal(self, name: str, value: str) -> Condition:
        question = self._asked(name)
        if question["type"] == "yes_no":
            if value not in question["answers"]:
                raise CannotSay(_("“%(value)s” is no answer to “%(name)s”.") % {"value": value, "name": name})
            return {"question": question["code"], "equals": question["answers"][value]}
        if question["type"] == "whole_number":
            if not re.fullmatch(r"-?\d{1,9}", value):
                raise CannotSay(_("“%(value)s” is no whole number.") % {"value": value})
            return {"question": question["code"], "equals": int(value)}
        codes = question.get("codes")
        if not codes:
            raise CannotSay(
                _("“%(name)s” is not a question to choose from: no condition can be about its answer.") % {"name": name}
            )
        if value not in codes:
            raise CannotSay(_("“%(value)s” is no answer to “%(name)s”.") % {"value": value, "name": name})
        return {"question": question["code"], "equals": codes[value]}

    def _asked(self, name: str) -> Mapping[str, Any]:
        if name not in self._questions:
            raise CannotSay(_("“%(name)s” is not asked before this row.") % {"name": name})
        return self._questions[name]

    def _value(self) -> str:
        if self.left and self.left[0][0] in ("text", "number"):
            return self.left.pop(0)[1]
        raise CannotSay(_("An answer in quotation marks, or a number, is missing."))

    def _takes(self, kind: str, value: str) -> bool:
        if self.left[:1] == [(kind, value)]:
            self.left.pop(0)
            return True
        return False

    def _needs(self, kind: str, value: str | None = None) -> str:
        if self.left and self.left[0][0] == kind and value in (None, self.left[0][1]):
            return self.left.pop(0)[1]
        there = self.left[0][1] if self.left else _("the end")
        raise CannotSay(_("“%(part)s” is not understood there.") % {"part": there})


def _wanted(condition: Condition) -> list[Any]:
    return [condition["equals"]] if "equals" in condition else list(condition.get("one_of", ()))


def _ranges_joined(found: list[Condition]) -> list[Condition]:
    """`${n} >= 1 and ${n} <= 3` is one condition."""
    joined: list[Condition] = []
    for each in found:
        open_end = next(
            (
                other
                for other in joined
                if other["question"] == each["question"]
                and not _wanted(other) and not _wanted(each) and other.keys().isdisjoint(each.keys() - {"question"})
            ),
            None,
        )  # fmt: skip
        if open_end is None:
            joined.append(each)
        else:
            open_end.update(each)
    return joined

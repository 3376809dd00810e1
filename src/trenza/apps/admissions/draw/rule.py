"""The rule of a draw: what is published before the call opens, and the line of each application in it."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NamedTuple, Self

MOST_GROUPS: Final = 5
"""Groups may overlap in every way, so each one more doubles the kinds of applications."""
MOST_REGIONS: Final = 100
MOST_APPLICATIONS: Final = 2_000_000
MOST_SEATS: Final = 10_000_000
CODE: Final = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
NUMBER: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{12,32}")
MOST_CODE: Final = 64
_AT_ONCE: Final = 10_000


class RuleNotValid(ValueError):
    """What is read as a rule is none; the text says why."""


class Entry(NamedTuple):
    """An application on the frozen list: its public number, its region (empty: none), the groups that it belongs to."""

    number: str
    region: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """A group for which seats are reserved, and how many."""

    code: str
    seats: int


@dataclass(frozen=True)
class DrawRule:
    """How many seats there are: in total, of each region (None: without a limit), and reserved for each group.

    The groups stand in the order in which they are served. Raises RuleNotValid.
    """

    seats: int | None = None
    regions: Mapping[str, int | None] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        if len(self.regions) > MOST_REGIONS or len(self.groups) > MOST_GROUPS:
            raise RuleNotValid(f"a rule has at most {MOST_REGIONS} regions and {MOST_GROUPS} groups")
        codes = [*self.regions, *(group.code for group in self.groups)]
        for code in codes:
            if not is_code(code):
                raise RuleNotValid("a code of the rule is none: lower-case letters, digits, hyphens")
        if len({group.code for group in self.groups}) < len(self.groups):
            raise RuleNotValid("a group is named twice")
        limits = [self.seats, *self.regions.values()]
        numbers = [*(limit for limit in limits if limit is not None), *(group.seats for group in self.groups)]
        if any(isinstance(each, bool) or not isinstance(each, int) or not 0 <= each <= MOST_SEATS for each in numbers):
            raise RuleNotValid(f"seats are a whole number from 0 to {MOST_SEATS}")

    @property
    def text(self) -> str:
        """The rule as one line, always the same for the same rule."""
        said = {
            "seats": self.seats,
            "regions": dict(sorted(self.regions.items())),
            "groups": [[group.code, group.seats] for group in self.groups],
        }
        return json.dumps(said, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read the line again. Raises RuleNotValid, also where it is written in another way than `text` writes it."""
        try:
            rule = cls._from_data(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise RuleNotValid(str(error) if isinstance(error, RuleNotValid) else "the rule cannot be read") from error
        if rule.text != text:
            raise RuleNotValid("the rule is not written as rules are")
        return rule

    @classmethod
    def _from_data(cls, data: Any) -> Self:
        groups = tuple(Group(code, seats) for code, seats in data["groups"])
        return cls(seats=data["seats"], regions=data["regions"].copy(), groups=groups)


def is_code(text: object) -> bool:
    """Whether it can name a region or a group."""
    return isinstance(text, str) and len(text) <= MOST_CODE and CODE.fullmatch(text) is not None


def line_of(entry: Entry) -> str:
    """An application as it stands on the frozen list, without the end of the line."""
    return f"{entry.number}\t{entry.region}\t{','.join(entry.groups)}"


def list_hash(entries: Iterable[Entry]) -> str:
    """SHA-256 of the frozen list: its lines in order of the numbers, each with its line feed."""
    digest, rest = hashlib.sha256(), iter(entries)
    while some := list(islice(rest, _AT_ONCE)):
        digest.update("".join(f"{line_of(entry)}\n" for entry in some).encode())
    return digest.hexdigest()

"""From a frozen list and a seed to the order, and to who has a seat."""

import hmac
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trenza.apps.admissions.draw.allocation import Kind, allocate
from trenza.apps.admissions.draw.rule import MOST_APPLICATIONS, NUMBER, DrawRule, Entry


class EntryNotValid(ValueError):
    """An application that cannot stand on the list; the text says why."""


@dataclass(frozen=True)
class Drawn:
    """The place of each application in the order, from 1, and its result; both as the list stands."""

    ranks: "array[int]"
    results: bytearray
    filled: tuple[int, ...]


class Drawing:
    """The applications of one draw, in order of their numbers; small enough for a million and more."""

    def __init__(self, rule: DrawRule) -> None:
        self._rule = rule
        self._regions = {code: place for place, code in enumerate(rule.regions)} | {"": -1}
        self._groups = {group.code: place for place, group in enumerate(rule.groups)}
        self._numbers: list[bytes] = []
        self._kinds: array[int] = array("l")
        self._known: dict[Kind, int] = {}
        self._last = b""

    def __len__(self) -> int:
        return len(self._numbers)

    def kind_of(self, region: str, groups: Sequence[str]) -> int:
        """The number of its kind, for `add`. Raises EntryNotValid where the rule knows no such region or group."""
        if region not in self._regions:
            raise EntryNotValid("the rule has no such region")
        if any(code not in self._groups for code in groups):
            raise EntryNotValid("the rule has no such group")
        belongs = tuple(self._groups[code] for code in groups)
        if list(belongs) != sorted(set(belongs)):
            raise EntryNotValid("its groups stand once, in the order of the rule")
        return self._known.setdefault(Kind(self._regions[region], belongs), len(self._known))

    def add(self, number: str, kind: int) -> None:
        """Put an application on the list. Raises EntryNotValid unless its number comes after the one before."""
        if not NUMBER.fullmatch(number):
            raise EntryNotValid("its public number is none")
        as_bytes = number.encode()
        if as_bytes <= self._last:
            raise EntryNotValid("public numbers stand once, in their order")
        if len(self._numbers) >= MOST_APPLICATIONS:
            raise EntryNotValid(f"a draw has at most {MOST_APPLICATIONS} applications")
        self._numbers.append(as_bytes)
        self._kinds.append(kind)
        self._last = as_bytes

    def add_all(self, entries: Iterable[Entry]) -> None:
        """Put all of a list on it. Raises EntryNotValid."""
        kinds: dict[tuple[str, tuple[str, ...]], int] = {}
        for number, region, groups in entries:
            kind = kinds.get((region, groups))
            if kind is None:
                kind = kinds[region, groups] = self.kind_of(region, groups)
            self.add(number, kind)

    def draw(self, seed: str) -> Drawn:
        """Order by HMAC-SHA256 of the number under the seed, smallest first; then hand out the seats."""
        order = order_of(seed, self._numbers)
        of = self._kinds
        allocation = allocate(self._rule, list(self._known), array("l", (of[index] for index in order)))
        ranks = array("l", bytes(of.itemsize * len(of)))
        results = bytearray(len(of))
        for place, index in enumerate(order):
            ranks[index] = place + 1
            results[index] = allocation.results[place]
        return Drawn(ranks, results, allocation.filled)


def order_of(seed: str, numbers: Sequence[bytes]) -> list[int]:
    """The places of these numbers in the list, in the order of the draw.

    Two digests are alike with a chance of 2^-256; then the smaller number goes first, as the list is in order of them.
    """
    key = seed.encode()
    digests = [hmac.digest(key, number, "sha256") for number in numbers]
    return sorted(range(len(numbers)), key=digests.__getitem__)


def seed_problem(seed: str) -> str:
    """Why this is no seed; empty if it is one. It is used letter by letter, so no letter may be invisible."""
    if not 4 <= len(seed) <= 200:
        return "a seed has 4 to 200 characters"
    if not (seed.isascii() and seed.isprintable()) or seed != seed.strip():
        return "a seed is made of letters, digits and signs of ASCII, with no space before or after"
    return ""

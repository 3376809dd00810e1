"""What an outsider can work out about hidden numbers, and which others must be hidden with them.

A table and its totals are a *circulation*: every number is an edge, every sum is a node at which what flows in flows
out again. What is hidden may take any value within its bounds that keeps all nodes balanced, so the least and the
greatest value of a hidden number follow exactly from the paths that lead around it through other hidden numbers; whole
numbers stay whole. This is the network model of cell suppression:

- L. H. Cox, "Suppression methodology and statistical disclosure control", JASA 75 (1980) 377-385;
- L. H. Cox, "Network models for complementary cell suppression", JASA 90 (1995) 1453-1462;
- A. Hundepool et al., "Statistical Disclosure Control", Wiley 2012, chapter 4.

The choice of what to hide besides is greedy (cheapest path each time) and so may hide more than the least possible;
what it leaves is checked exactly.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count


@dataclass(frozen=True)
class Edge:
    """One number of a table, flowing from the node `tail` to the node `head`.

    `rank` names a list in which the smallest are hidden first, so that an outsider who knows this also knows that what
    was hidden to protect others is no greater than what is shown of the same list.
    """

    tail: str
    head: str
    value: int
    rank: str = ""


class Unprotectable(Exception):
    """Hiding everything that may be hidden would still give a small number away."""


def numbers_to_hide(edges: Sequence[Edge], *, minimum: int, always_shown: Collection[int] = ()) -> set[int]:
    """The indices of the edges to hide so that none from 1 to `minimum` - 1 can be worked out.

    We assume an outsider who knows all that is shown, which hidden numbers are small (1 to `minimum` - 1) and which are
    hidden only to protect them (`minimum` or more, and no more than the least shown of their `rank`): more than the
    page tells. Even so every small number keeps at least (`minimum` - 1) // 2 + 1 possible values (five for ten), and
    every other hidden number two. Zeros are always shown.

    Raises:
        Unprotectable: it cannot be done while `always_shown` are shown.
        ValueError: `minimum` is under 3, where to know that a number is small is to know it.
    """
    if minimum < 3:
        raise ValueError("a minimum under 3 protects nobody")
    return _Suppression(edges, minimum, always_shown).run()


def possible_range(edges: Sequence[Edge], hidden: Collection[int], index: int, *, minimum: int) -> tuple[int, int]:
    """The least and the greatest value that the outsider of `numbers_to_hide` must allow for a hidden number.

    The greatest is cut at the value plus 2 × `minimum`, since it may have no end.
    """
    audit = _Suppression(edges, minimum, ())
    audit.hidden = set(hidden)
    value, reach = edges[index].value, 2 * minimum
    return value - audit.push(index, -1, reach).units, value + audit.push(index, +1, reach).units


@dataclass
class _Push:
    """How far a number could be moved one way (`units`), and what the others moved for it."""

    units: int
    wanted: int
    moved: dict[int, int]


class _Suppression:
    def __init__(self, edges: Sequence[Edge], minimum: int, always_shown: Collection[int]) -> None:
        self.edges = edges
        self.minimum = minimum
        self.spread = (minimum - 1) // 2
        self.hidden: set[int] = set()
        self.may_hide = {i for i, edge in enumerate(edges) if edge.value >= minimum and i not in always_shown}
        self.small = [i for i, edge in enumerate(edges) if 0 < edge.value < minimum and i not in always_shown]
        self.at_node: dict[str, list[int]] = defaultdict(list)
        for i, edge in enumerate(edges):
            self.at_node[edge.tail].append(i)
            self.at_node[edge.head].append(i)

    def run(self) -> set[int]:
        self.hidden = set(self.small)
        waiting = list(self.small)
        while waiting:  # what is protected once stays so: hiding more only widens what is possible
            number = waiting[-1]
            added = self.protection_missing(number)
            if added:
                self.hidden |= added
                waiting[:0] = sorted(added)
            else:
                waiting.pop()
        return self.hidden

    def protection_missing(self, number: int) -> set[int]:
        """What to hide next for the sake of a hidden number; nothing once it has enough possible values."""
        needed = self.spread if self.edges[number].value < self.minimum else 1
        up, down = self.push(number, +1, needed), self.push(number, -1, needed)
        if up.units + down.units >= needed:
            return set()
        ways = [self.new_path(number, direction, push) for direction, push in ((+1, up), (-1, down))]
        costs = [(sum(self.edges[i].value for i in way), way) for way in ways if way]
        if not costs:
            raise Unprotectable
        return {smaller for i in min(costs)[1] for smaller in self.up_to(i)}

    def up_to(self, i: int) -> set[int]:
        """A number with all of its rank that are no greater, so that what was passed over tells nothing."""
        rank, value = self.edges[i].rank, self.edges[i].value
        if not rank:
            return {i}
        shown = self.may_hide - self.hidden
        return {j for j in shown if self.edges[j].rank == rank and self.edges[j].value <= value}

    def push(self, number: int, direction: int, limit: int) -> _Push:
        """Move a number as far as `limit` through other hidden numbers alone."""
        push = _Push(0, min(limit, self.room(number, direction)), {})
        start, end = self.around(number, direction)
        while push.units < push.wanted:
            path = self.cheapest_path(start, end, number, push.moved, may_add=False)
            if path is None:
                break
            for i, step in path:
                push.moved[i] = push.moved.get(i, 0) + step
            push.units += 1
        return push

    def new_path(self, number: int, direction: int, push: _Push) -> list[int]:
        """What to hide so that the number could move one further than `push`; nothing if it cannot."""
        if push.units == push.wanted:
            return []
        start, end = self.around(number, direction)
        path = self.cheapest_path(start, end, number, push.moved, may_add=True) or []
        return sorted(i for i, _ in path if i not in self.hidden)

    def around(self, number: int, direction: int) -> tuple[str, str]:
        edge = self.edges[number]
        return (edge.head, edge.tail) if direction > 0 else (edge.tail, edge.head)

    def room(self, i: int, direction: int, moved: int = 0) -> int:
        """How far a number, already moved, may still move within the bounds of its kind."""
        value = self.edges[i].value + moved
        small = self.edges[i].value < self.minimum
        if direction < 0:
            return value - (1 if small else self.minimum)
        return (self.minimum - 1 if small else self.ceiling(i)) - value

    def ceiling(self, i: int) -> int:
        """The most that a number hidden for others may be; what is still shown is judged once it is hidden."""
        endless = self.edges[i].value + 1000 * self.minimum
        rank = self.edges[i].rank
        if not rank or i not in self.hidden:
            return endless
        shown = self.may_hide - self.hidden
        return min((self.edges[j].value for j in shown if self.edges[j].rank == rank), default=endless)

    def cheapest_path(
        self, start: str, end: str, without: int, moved: dict[int, int], *, may_add: bool
    ) -> list[tuple[int, int]] | None:
        """Steps (edge, +1 or -1) from node to node, at the least sum of numbers newly hidden (Dijkstra)."""
        tie = count()
        queue: list[tuple[int, int, str, list[tuple[int, int]]]] = [(0, next(tie), start, [])]
        seen: set[str] = set()
        while queue:
            cost, _, node, path = heapq.heappop(queue)
            if node == end:
                return path
            if node in seen:
                continue
            seen.add(node)
            for i, step, other in self.steps(node, without, moved, may_add=may_add):
                if other not in seen:
                    price = 0 if i in self.hidden else self.edges[i].value
                    heapq.heappush(queue, (cost + price, next(tie), other, [*path, (i, step)]))
        return None

    def steps(self, node: str, without: int, moved: dict[int, int], *, may_add: bool) -> Iterator[tuple[int, int, str]]:
        for i in self.at_node[node]:
            if i == without or not (i in self.hidden or (may_add and i in self.may_hide)):
                continue
            step, other = (+1, self.edges[i].head) if self.edges[i].tail == node else (-1, self.edges[i].tail)
            if self.room(i, step, moved.get(i, 0)) > 0:
                yield i, step, other

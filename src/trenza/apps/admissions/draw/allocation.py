"""From an order and a rule to who has a seat: reserved seats first, then the rest at large.

An application fills one reserved seat of one group that it belongs to (the one-to-one convention). Three steps, each
with one possible result:

1. How many seats of each group are filled: the first group's as many as the limits of seats allow, then the second's as
   many as that leaves, and so on. No other choice fills more in sum (augmenting paths never empty an earlier seat).
2. Who fills them: in the order of the draw, whoever can be among those who fill that many. So a member who is drawn
   early fills a reserved seat, and reserved seats are a minimum, not an extra.
3. Everybody else, in the order of the draw, while there is a seat in total and in the region.

Source: T. Sönmez and M. B. Yenmez, "Affirmative Action in India via Vertical, Horizontal, and Overlapping
Reservations", Econometrica 90(3), 2022, section 3 (the meritorious horizontal choice rule); here with the limits of
regions besides, which makes of the matching a flow.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from trenza.apps.admissions.draw.rule import DrawRule

WAITING: Final = 0
RESERVED: Final = 1
AT_LARGE: Final = 2
_NO_LIMIT: Final = 1 << 60


@dataclass(frozen=True)
class Kind:
    """Applications that the rule does not tell apart: of one region (its number, -1: none), in the same groups."""

    region: int
    groups: tuple[int, ...]


@dataclass(frozen=True)
class Allocation:
    """What became of each application, in the order of the draw, and how many seats of each group are filled."""

    results: bytearray
    filled: tuple[int, ...]


@dataclass(frozen=True)
class _Reroute:
    """Applications of a kind that filled seats of one group fill those of another."""

    kind: int
    source: int
    target: int


@dataclass(frozen=True)
class _Swap:
    """Applications of one kind come in for `target`, and others, which filled seats of `source`, make room."""

    comes: int
    target: int
    goes: int
    source: int


_Step = _Reroute | _Swap


def allocate(rule: DrawRule, kinds: Sequence[Kind], order: Sequence[int]) -> Allocation:
    """Hand out the seats. `order` has the kind of each application, as they were drawn.

    Regions are numbered as in `rule.regions`, groups as in `rule.groups`.
    """
    counts = [0] * len(kinds)
    for kind in order:
        counts[kind] += 1
    limits = _Limits(rule)
    wanted = [group.seats for group in rule.groups]
    if not any(wanted):
        results = bytearray(len(order))
        _hand_out_at_large(limits, kinds, order, results)
        return Allocation(results, tuple(0 for _ in wanted))
    filled = _most(limits, kinds, counts, wanted)
    results = _choose(limits, kinds, counts, filled, order)
    _hand_out_at_large(limits, kinds, order, results)
    return Allocation(results, tuple(filled))


class _Limits:
    """The seats in total and of each region; a region without a limit, and no region (-1), never runs out."""

    def __init__(self, rule: DrawRule) -> None:
        self.total = _NO_LIMIT if rule.seats is None else rule.seats
        self.regions = [_NO_LIMIT if seats is None else seats for seats in rule.regions.values()] + [_NO_LIMIT]


def _most(limits: _Limits, kinds: Sequence[Kind], counts: Sequence[int], wanted: Sequence[int]) -> list[int]:
    flow = _Flow(limits, kinds, counts, len(wanted))
    for group, seats in enumerate(wanted):
        flow.fill(group, seats)
    return flow.filled


def _choose(
    limits: _Limits, kinds: Sequence[Kind], counts: Sequence[int], filled: Sequence[int], order: Sequence[int]
) -> bytearray:
    """Those who fill the reserved seats, as results; everybody else waits still."""
    flow = _Flow(limits, kinds, counts, len(filled))
    flow.fill_in_order(filled, order)
    for group, seats in enumerate(filled):
        flow.fill(group, seats)
    assert flow.filled == list(filled)
    results = bytearray(len(order))
    left = sum(filled)
    closed = [not kind.groups for kind in kinds]
    for place, kind in enumerate(order):
        if not left:
            break
        if closed[kind]:
            continue
        if flow.keep(kind):
            results[place] = RESERVED
            left -= 1
        else:
            closed[kind] = True  # what is kept only grows, so no later one of the kind can be among them either
    return results


def _hand_out_at_large(limits: _Limits, kinds: Sequence[Kind], order: Sequence[int], results: bytearray) -> None:
    total, regions = limits.total, list(limits.regions)
    of_kind = array("l", (kind.region for kind in kinds))
    for place, result in enumerate(results):
        if result:
            total -= 1
            regions[of_kind[order[place]]] -= 1
    for place, kind in enumerate(order):
        if total < 1:
            break
        region = of_kind[kind]
        if not results[place] and regions[region] > 0:
            results[place] = AT_LARGE
            total -= 1
            regions[region] -= 1


class _Flow:
    """How many applications of each kind fill seats of each group, within the limits of seats.

    A flow from the seats in total over regions and kinds to groups. The search runs over groups only, which are few:
    an edge says how a seat of one group can be filled at the cost of a seat of another. A shortest path never uses a
    region or a kind twice (else it could be cut short), so all of its steps can be taken at once.
    """

    def __init__(self, limits: _Limits, kinds: Sequence[Kind], counts: Sequence[int], groups: int) -> None:
        self._kinds, self._counts = kinds, counts
        self._total_left, self._left = limits.total, list(limits.regions)
        self._taken = [0] * len(kinds)
        self._kept = [0] * len(kinds)
        self._fills = [[0] * groups for _ in kinds]
        self.filled = [0] * groups
        self._of_group = [[k for k, kind in enumerate(kinds) if group in kind.groups] for group in range(groups)]
        self._of_region: list[list[int]] = [[] for _ in self._left]
        for k, kind in enumerate(kinds):
            if kind.groups:
                self._of_region[kind.region].append(k)
        self._everywhere = [k for k, kind in enumerate(kinds) if kind.groups]

    def fill_in_order(self, wanted: Sequence[int], order: Iterable[int]) -> None:
        """Fill seats as they come, without looking back: a beginning that lies close to the end."""
        missing = sum(wanted)
        for k in order:
            if not missing or not self._total_left:
                return
            kind = self._kinds[k]
            if kind.groups and self._left[kind.region]:
                for group in kind.groups:
                    if self.filled[group] < wanted[group]:
                        self._come(k, group, 1)
                        missing -= 1
                        break

    def fill(self, group: int, wanted: int) -> None:
        """Fill as many seats of the group as can be, up to `wanted`; those of other groups stay filled."""
        while self.filled[group] < wanted:
            found = self._way_in(group)
            if found is None:
                return
            k, entered, steps = found
            room = (self._counts[k] - self._taken[k], self._left[self._kinds[k].region], self._total_left)
            n = min(wanted - self.filled[group], *room, *(self._most(step) for step in steps))
            for step in steps:
                self._take(step, n)
            self._come(k, entered, n)

    def keep(self, k: int) -> bool:
        """Keep one more of a kind among those who fill the seats, however the others change; False if none can be."""
        if self._kept[k] == self._taken[k] and not self._raise(k):
            return False
        self._kept[k] += 1
        return True

    def _raise(self, k: int) -> bool:
        """Let one more of the kind in and somebody who is not kept out, with as many seats of each group filled."""
        kind = self._kinds[k]
        came: dict[int, _Step | None] = {}
        gone: dict[int, int] = {}
        queue: list[int] = []
        for other, group in self._goers(kind.region):
            if group not in came:
                came[group], gone[group] = None, other
                queue.append(group)
        goals = set(kind.groups)
        for group in queue:
            if group in goals:
                steps, start = self._steps(came, group)
                self._go(gone[start], start, 1)
                for step in steps:
                    self._take(step, 1)
                self._come(k, group, 1)
                return True
            self._look(group, came, queue)
        return False

    def _way_in(self, group: int) -> tuple[int, int, list[_Step]] | None:
        """A kind that can come in freely, the group whose seat it fills, and the steps that lead to `group`."""
        came: dict[int, _Step | None] = {group: None}
        queue = [group]
        for needs in queue:
            if self._total_left:
                for k in self._of_group[needs]:
                    if self._taken[k] < self._counts[k] and self._left[self._kinds[k].region]:
                        return k, needs, self._steps(came, needs)[0]
            self._look(needs, came, queue)
        return None

    def _look(self, needs: int, came: dict[int, _Step | None], queue: list[int]) -> None:
        """Every group whose seat could be given up so that one of `needs` is filled."""
        regions: dict[int, int] = {}
        for k in self._of_group[needs]:
            for source in self._kinds[k].groups:
                if source not in came and self._fills[k][source]:
                    came[source] = _Reroute(k, source, needs)
                    queue.append(source)
            if self._taken[k] < self._counts[k]:
                regions.setdefault(self._kinds[k].region, k)
        for region, comes in regions.items():
            for goes, source in self._goers(region):
                if source not in came:
                    came[source] = _Swap(comes, needs, goes, source)
                    queue.append(source)

    def _goers(self, region: int) -> Iterator[tuple[int, int]]:
        """Kinds that can make room in a region, each with a group whose seat they fill: anybody where it has room."""
        for k in self._everywhere if self._left[region] else self._of_region[region]:
            if self._taken[k] > self._kept[k]:
                for group in self._kinds[k].groups:
                    if self._fills[k][group]:
                        yield k, group

    @staticmethod
    def _steps(came: dict[int, _Step | None], group: int) -> tuple[list[_Step], int]:
        """The steps back to where the search began, and that group."""
        steps: list[_Step] = []
        while (step := came[group]) is not None:
            steps.append(step)
            group = step.target
        return steps, group

    def _most(self, step: _Step) -> int:
        if isinstance(step, _Reroute):
            return self._fills[step.kind][step.source]
        coming, going = self._kinds[step.comes], self._kinds[step.goes]
        most = min(self._counts[step.comes] - self._taken[step.comes], self._fills[step.goes][step.source])
        most = min(most, self._taken[step.goes] - self._kept[step.goes])
        return most if coming.region == going.region else min(most, self._left[coming.region])

    def _take(self, step: _Step, n: int) -> None:
        if isinstance(step, _Reroute):
            self._fills[step.kind][step.source] -= n
            self._fills[step.kind][step.target] += n
            self.filled[step.source] -= n
            self.filled[step.target] += n
        else:
            self._go(step.goes, step.source, n)
            self._come(step.comes, step.target, n)

    def _go(self, k: int, group: int, n: int) -> None:
        self._come(k, group, -n)

    def _come(self, k: int, group: int, n: int) -> None:
        self._taken[k] += n
        self._fills[k][group] += n
        self.filled[group] += n
        self._left[self._kinds[k].region] -= n
        self._total_left -= n

"""Which numbers a public page may show: none that tells about fewer than ten women.

A number from 1 to 9 is hidden. If the total were shown with all the others, one subtraction would give it back, so
others are hidden with it (*complementary* suppression), and a total where nothing else helps. How it is chosen and what
it is worth: `trenza.apps.impact.network`.

It protects one page at one moment. It does not protect against comparing yesterday's page with today's, nor numbers
that bound each other without adding up (completions never exceed enrolments): publish a page for whole days, and the
breakdowns of one indicator through one call.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from trenza.apps.impact.network import Edge, Unprotectable, numbers_to_hide

K = TypeVar("K", bound=Hashable)
K2 = TypeVar("K2", bound=Hashable)

MINIMUM = 10


@dataclass(frozen=True)
class Published(Generic[K]):
    """One breakdown as the public sees it: None stands for a hidden number."""

    cells: dict[K, int | None]
    total: int | None


@dataclass(frozen=True)
class PublishedTable(Generic[K, K2]):
    """A table of rows by columns with its totals as the public sees it: None stands for a hidden number."""

    cells: dict[tuple[K, K2], int | None]
    rows: dict[K, int | None]
    columns: dict[K2, int | None]
    total: int | None


def suppress(cells: Mapping[K, int], *, minimum: int = MINIMUM, total_known: bool = True) -> dict[K, int | None]:
    """The cells with 1 to `minimum` - 1 hidden, and others where the known total would give these away.

    Where nothing helps against a known total (one cell that is not zero; two nines) every cell but the zeros is hidden,
    and whoever knows the total may still know a cell: prefer `publish`, which decides about the total too.
    """
    _refuse_negative(cells)
    if not total_known:
        return {key: None if 0 < value < minimum else value for key, value in cells.items()}
    keys = list(cells)
    edges = [Edge("parts", "whole", cells[key], "parts") for key in keys]
    edges.append(Edge("whole", "parts", sum(cells.values())))
    try:
        hidden = numbers_to_hide(edges, minimum=minimum, always_shown={len(keys)})
    except Unprotectable:
        hidden = _all_but_zeros(edges)
    return _shown(keys, edges, hidden)


def publish(cells: Mapping[K, int], *, minimum: int = MINIMUM) -> Published[K]:
    """The cells and their total, each shown only if it gives no small number away."""
    keys = list(cells)
    _refuse_negative(cells)
    edges = [Edge("parts", "whole", cells[key], "parts") for key in keys]
    edges.append(Edge("whole", "parts", sum(cells.values())))
    hidden = _hidden(edges, minimum)
    return Published(_shown(keys, edges, hidden), _one(edges, hidden, len(keys)))


def publish_pair(
    first: Mapping[K, int], second: Mapping[K2, int], *, minimum: int = MINIMUM
) -> tuple[Published[K], Published[K2]]:
    """Two breakdowns of the same people (by region, by month) that stand on one page and share their total.

    Raises:
        ValueError: their totals differ.
    """
    _refuse_negative(first)
    _refuse_negative(second)
    total = sum(first.values())
    if total != sum(second.values()):
        raise ValueError("two breakdowns of the same people have the same total")
    keys, others = list(first), list(second)
    edges = [Edge("second", "first", first[key], "first") for key in keys]
    edges += [Edge("total", "second", second[key], "second") for key in others]
    edges.append(Edge("first", "total", total))
    hidden = _hidden(edges, minimum)
    shown_total = _one(edges, hidden, len(edges) - 1)
    return (
        Published(_shown(keys, edges, hidden), shown_total),
        Published(_shown(others, edges, hidden, start=len(keys)), shown_total),
    )


def suppress_table(cells: Mapping[tuple[K, K2], int], *, minimum: int = MINIMUM) -> PublishedTable[K, K2]:
    """A table of rows by columns with the totals of both: no small cell and no small total can be worked out.

    A pair that is absent counts as zero. Totals are numbers like others: small ones are hidden, and one is hidden where
    the cells would give it away.
    """
    _refuse_negative(cells)
    rows = list(dict.fromkeys(row for row, _ in cells))
    columns = list(dict.fromkeys(column for _, column in cells))
    pairs = [(row, column) for row in rows for column in columns]
    row_at = {row: f"row {i}" for i, row in enumerate(rows)}
    column_at = {column: f"column {i}" for i, column in enumerate(columns)}

    edges = [Edge(row_at[row], column_at[column], cells.get((row, column), 0)) for row, column in pairs]
    for row in rows:
        edges.append(Edge("rows", row_at[row], sum(cells.get((row, column), 0) for column in columns)))
    for column in columns:
        edges.append(Edge(column_at[column], "columns", sum(cells.get((row, column), 0) for row in rows)))
    edges.append(Edge("columns", "rows", sum(cells.values())))

    hidden = _hidden(edges, minimum)
    return PublishedTable(
        cells=_shown(pairs, edges, hidden),
        rows=_shown(rows, edges, hidden, start=len(pairs)),
        columns=_shown(columns, edges, hidden, start=len(pairs) + len(rows)),
        total=_one(edges, hidden, len(edges) - 1),
    )


def _hidden(edges: list[Edge], minimum: int) -> set[int]:
    """What to hide when totals, of which the whole is the last edge, may be hidden too.

    Once the whole must be hidden, so is every number but the zeros: nothing bounds them then, and what is left to show
    would tell somebody who replays this choice why the whole had to go.
    """
    try:
        hidden = numbers_to_hide(edges, minimum=minimum)
    except Unprotectable:
        return _all_but_zeros(edges)
    return _all_but_zeros(edges) if len(edges) - 1 in hidden else hidden


def _all_but_zeros(edges: list[Edge]) -> set[int]:
    return {i for i, edge in enumerate(edges) if edge.value}


def _shown(keys: list[K], edges: list[Edge], hidden: set[int], *, start: int = 0) -> dict[K, int | None]:
    return {key: _one(edges, hidden, i) for i, key in enumerate(keys, start)}


def _one(edges: list[Edge], hidden: set[int], i: int) -> int | None:
    return None if i in hidden else edges[i].value


def _refuse_negative(cells: Mapping[K, int]) -> None:
    if any(value < 0 for value in cells.values()):
        raise ValueError("a number of people is never negative")

"""What may be shown, and that nobody can compute what is not: over all small tables, and over any table."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trenza.apps.impact.network import Edge, Unprotectable, numbers_to_hide, possible_range
from trenza.apps.impact.suppression import Published, publish, publish_pair, suppress, suppress_table

Answer = tuple[int | None, ...]

COUNTS = st.one_of(st.integers(0, 30), st.integers(0, 12), st.integers(0, 5000))


def answers(published: Published[int]) -> Answer:
    return (*published.cells.values(), published.total)


def test_suppress_shows_zeros_and_large_cells_and_hides_small_ones() -> None:
    assert suppress({"a": 0, "b": 12, "c": 3, "d": 4, "e": 40}) == {"a": 0, "b": 12, "c": None, "d": None, "e": 40}


def test_suppress_hides_the_smallest_other_cell_with_a_lonely_small_one() -> None:
    assert suppress({"beni": 3, "oruro": 25, "pando": 60}) == {"beni": None, "oruro": None, "pando": 60}


def test_suppress_hides_another_when_small_cells_could_only_be_ones_or_nines() -> None:
    assert suppress({"a": 1, "b": 1, "c": 50, "d": 80}) == {"a": None, "b": None, "c": None, "d": 80}
    assert suppress({"a": 9, "b": 9, "c": 50, "d": 80}) == {"a": None, "b": None, "c": None, "d": 80}


def test_suppress_with_an_unknown_total_hides_the_small_cells_alone() -> None:
    assert suppress({"a": 3, "b": 25}, total_known=False) == {"a": None, "b": 25}


def test_suppress_without_small_cells_hides_nothing() -> None:
    assert suppress({"a": 0, "b": 10}) == {"a": 0, "b": 10}
    assert suppress({}) == {}


def test_publish_hides_a_total_that_would_give_a_cell_away() -> None:
    assert publish({"a": 5, "b": 0}) == Published({"a": None, "b": 0}, None)
    assert publish({"a": 9, "b": 9}) == Published({"a": None, "b": None}, None)
    assert publish({"a": 4, "b": 30, "c": 200}) == Published({"a": None, "b": None, "c": 200}, 234)


def test_publish_pair_hides_in_both_breakdowns_and_agrees_on_the_total() -> None:
    regions, months = publish_pair({"a": 40, "b": 33, "c": 2}, {1: 30, 2: 45})

    assert regions == Published({"a": 40, "b": None, "c": None}, 75)
    assert months == Published({1: 30, 2: 45}, 75)


def test_publish_pair_hides_a_whole_that_the_other_breakdown_would_tell() -> None:
    regions, months = publish_pair({"a": 9, "b": 9}, {1: 18})

    assert regions == Published({"a": None, "b": None}, None)
    assert months == Published({1: None}, None)


def test_publish_pair_of_different_totals_is_refused() -> None:
    with pytest.raises(ValueError, match="same total"):
        publish_pair({"a": 1}, {"b": 2})


@pytest.mark.parametrize("call", [suppress, publish])
def test_negative_numbers_of_people_are_refused(call: Callable[[dict[str, int]], object]) -> None:
    with pytest.raises(ValueError, match="never negative"):
        call({"a": -1, "b": 3})


def test_a_minimum_that_protects_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="protects nobody"):
        publish({"a": 1}, minimum=2)


@pytest.mark.parametrize(("cells", "largest", "minimum"), [(1, 40, 10), (2, 45, 10), (3, 22, 5), (4, 12, 4)])
def test_publish_withstands_an_outsider_who_replays_it_on_every_possible_table(
    cells: int, largest: int, minimum: int
) -> None:
    """Every table is published; tables that look the same on the page must differ in each of their small cells."""
    pages = pages_of_all_tables(cells, largest, minimum)

    assert [
        (page, tables)
        for page, tables in pages.items()
        for cell in hidden_cells(page)
        if len({table[cell] for table in tables}) == 1 and tables[0][cell] < minimum
    ] == []


@pytest.mark.parametrize(("cells", "largest", "minimum"), [(2, 45, 10), (3, 22, 5)])
def test_publish_withstands_one_who_also_knows_which_cell_is_small(cells: int, largest: int, minimum: int) -> None:
    pages = pages_of_all_tables(cells, largest, minimum)

    assert [
        (page, tables)
        for page, tables in pages.items()
        if max(max(table) for table in tables) < largest - 3  # others that look so may lie beyond what was tried
        for cell in hidden_cells(page)
        if len({table[cell] for table in tables if table[cell] < minimum}) == 1
    ] == []


def pages_of_all_tables(cells: int, largest: int, minimum: int) -> dict[Answer, list[tuple[int, ...]]]:
    """All tables of so many cells from 0 to the largest, by how they look when published."""
    pages: dict[Answer, list[tuple[int, ...]]] = defaultdict(list)
    for table in product(range(largest + 1), repeat=cells):
        pages[answers(publish(dict(enumerate(table)), minimum=minimum))].append(table)
    return pages


def hidden_cells(page: Answer) -> list[int]:
    return [cell for cell, shown in enumerate(page[:-1]) if shown is None]


@pytest.mark.parametrize(("rows", "columns", "largest", "minimum"), [(1, 3, 8, 4), (2, 2, 8, 4), (2, 3, 4, 3)])
def test_suppress_table_leaves_every_small_number_of_every_small_table_open(
    rows: int, columns: int, largest: int, minimum: int
) -> None:
    """Brute force: each table has another one with the same shown numbers and another value in each hidden one."""
    places = list(product(range(rows), range(columns)))
    tables = [with_totals(values, rows, columns) for values in product(range(largest + 1), repeat=len(places))]
    by_shown: dict[tuple[int, ...], dict[Answer, list[tuple[int, ...]]]] = {}

    for numbers in tables:
        if max(numbers[: len(places)]) == largest:  # a neighbour of it may lie beyond the tables that are tried
            continue
        published = suppress_table(dict(zip(places, numbers, strict=False)), minimum=minimum)
        page: Answer = (
            *published.cells.values(),
            *published.rows.values(),
            *published.columns.values(),
            published.total,
        )
        hidden = tuple(i for i, shown in enumerate(page) if shown is None)
        assert [n for i, n in enumerate(numbers) if i not in hidden and 0 < n < minimum] == []
        if hidden not in by_shown:
            by_shown[hidden] = index_by_shown(tables, hidden)
        alike = by_shown[hidden][masked(numbers, hidden)]
        assert [i for i in hidden if len({other[i] for other in alike}) == 1] == []


def with_totals(values: tuple[int, ...], rows: int, columns: int) -> tuple[int, ...]:
    by_row = [values[row * columns : (row + 1) * columns] for row in range(rows)]
    return (*values, *(sum(row) for row in by_row), *(sum(column) for column in zip(*by_row, strict=True)), sum(values))


def masked(numbers: tuple[int, ...], hidden: Iterable[int]) -> Answer:
    return tuple(None if i in hidden else number for i, number in enumerate(numbers))


def index_by_shown(tables: Iterable[tuple[int, ...]], hidden: tuple[int, ...]) -> dict[Answer, list[tuple[int, ...]]]:
    """The tables with nothing but positive numbers in the hidden places (zeros are shown), by what is shown."""
    index: dict[Answer, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in tables:
        if all(numbers[i] > 0 for i in hidden):
            index[masked(numbers, hidden)].append(numbers)
    return index


@given(st.lists(COUNTS, max_size=20))
def test_publish_keeps_five_values_open_for_every_small_cell(values: list[int]) -> None:
    cells = dict(enumerate(values))
    published = publish(cells)
    hidden = [key for key, shown in published.cells.items() if shown is None]

    assert [key for key, shown in published.cells.items() if shown is not None and shown != cells[key]] == []
    assert [key for key, value in cells.items() if 0 < value < 10 and key not in hidden] == []
    assert [key for key, value in cells.items() if value == 0 and key in hidden] == []
    if published.total is None:
        assert hidden == [key for key, value in cells.items() if value]
        return
    assert published.total == sum(values)
    small = [cells[key] for key in hidden if cells[key] < 10]
    others = [cells[key] for key in hidden if cells[key] >= 10]
    rest, whole = published.total - sum(v for v in published.cells.values() if v), len(small)
    for value in small:
        # What remains for it when the other small cells and those hidden for them take their most and their least.
        most = 10**6 * len(others) + 9 * (whole - 1)
        least = 10 * len(others) + (whole - 1)
        assert min(9, rest - least) - max(1, rest - most) >= 4, value


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(1, 6), st.data())
def test_suppress_table_leaves_a_range_for_every_hidden_number(rows: int, columns: int, data: st.DataObject) -> None:
    cells = {place: data.draw(COUNTS) for place in product(range(rows), range(columns))}
    table = suppress_table(cells)
    shown = [*table.cells.values(), *table.rows.values(), *table.columns.values(), table.total]

    for row in range(rows):  # no row or column with a shown total hides a single cell
        if table.rows[row] is not None:
            assert [table.cells[row, column] for column in range(columns)].count(None) != 1
    for column in range(columns):
        if table.columns[column] is not None:
            assert [table.cells[row, column] for row in range(rows)].count(None) != 1
    assert [value for value in shown if value is not None and 0 < value < 10] == []
    assert [key for key, value in table.cells.items() if value is not None and value != cells[key]] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(COUNTS, min_size=4, max_size=12), st.integers(2, 3))
def test_numbers_to_hide_leaves_at_least_five_values_to_small_numbers_and_two_to_others(
    values: list[int], rows: int
) -> None:
    edges = [Edge(f"r{i % rows}", f"c{i // rows}", value) for i, value in enumerate(values)]
    for node in sorted({edge.tail for edge in edges}):
        edges.append(Edge("rows", node, sum(edge.value for edge in edges if edge.tail == node)))
    for node in sorted({edge.head for edge in edges if edge.head.startswith("c")}):
        edges.append(Edge(node, "columns", sum(edge.value for edge in edges if edge.head == node)))
    edges.append(Edge("columns", "rows", sum(values)))
    try:
        hidden = numbers_to_hide(edges, minimum=10)
    except Unprotectable:
        return

    for i in hidden:
        least, most = possible_range(edges, hidden, i, minimum=10)
        assert least <= edges[i].value <= most
        assert most - least >= (4 if edges[i].value < 10 else 1)


def test_suppress_table_of_the_size_of_a_page_is_quick() -> None:
    cells = {(region, month): (region * 7 + month * 5) % 43 for region in range(9) for month in range(18)}
    table = suppress_table(cells)

    assert table.total == sum(cells.values())
    assert 0 < sum(value is None for value in table.cells.values()) < len(cells) // 2

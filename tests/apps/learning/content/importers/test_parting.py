import random

from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.learning.content.importers.parting import compressed, divide
from trenza.apps.learning.content.importers.pieces import Piece
from trenza.apps.learning.content.limits import BODY_WARNING
from trenza.apps.learning.content.markdown import make_parser

md = make_parser("en")


def words(count: int, line: int = 1) -> Piece:
    return Piece("word " * count, line, weight=count)


def head(level: int) -> Piece:
    return Piece("## Head", 1, level=level, title="Head", weight=1)


def test_page_of_fifteen_minutes_stays_whole():
    assert divide([head(2), words(100), head(2), words(100)], 15, md) == [
        ([head(2), words(100), head(2), words(100)], 15)
    ]


def test_long_page_is_divided_before_headings_into_parts_of_its_minutes():
    page = [words(50), head(2), words(100), head(2), words(100), head(2), words(50)]

    parts = divide(page, 20, md)

    assert [(len(part), minutes) for part, minutes in parts] == [(3, 10), (4, 10)]


def test_part_never_ends_with_a_heading():
    page = [words(100), head(3), words(100), words(100), head(3), words(90)]

    assert [part[-1].level for part, _ in divide(page, 40, md)] == [0] * len(divide(page, 40, md))


def test_page_is_left_whole_when_it_is_asked_for():
    assert len(divide([words(1_000), words(1_000)], 60, md, split=False)) == 1


def test_heavy_page_is_divided_until_each_part_is_light():
    chance = random.Random(1)
    page = [Piece(chance.randbytes(300).hex(), 1, weight=1) for _ in range(120)]

    parts = [part for part, _ in divide(page, 10, md)]

    assert max(compressed(part, md) for part in parts) < BODY_WARNING
    assert [piece for part in parts for piece in part] == page


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 300)), max_size=40), st.integers(1, 300), st.booleans())
def test_nothing_is_lost_or_moved_when_a_page_is_divided(shape, minutes, split):
    page = [
        Piece(f"{'word ' * weight}{at}", at, level=level, weight=weight) for at, (level, weight) in enumerate(shape)
    ]

    parts = divide(page, minutes, md, split=split)

    assert [piece for part, _ in parts for piece in part] == page
    assert all(minutes >= 1 for _, minutes in parts)

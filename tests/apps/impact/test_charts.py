"""Charts are small, whole without style or script, and say what the table beside them says."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.impact.charts import WIDTH, Rows, bar_chart, column_chart, written

SVG = "{http://www.w3.org/2000/svg}"
NBSP = "\N{NO-BREAK SPACE}"

REGIONS: Rows = [
    ("Beni", 210),
    ("Cochabamba", 12_812),
    ("El Alto", 1204),
    ("Oruro", 305),
    ("Pando", None),
    ("Potosí", None),
    ("Santa Cruz", 1502),
    ("Sucre", 0),
    ("Tarija", 306),
]
MONTHS: Rows = [
    (f"{month} {year}", None if (month, year) == ("mar", 2022) else len(month) * year - 5900)
    for year in (2022, 2023)
    for month in ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
][:18]

Chart = Callable[..., SafeString]
BOTH = pytest.mark.parametrize("chart", [bar_chart, column_chart])


def drawn(chart: Chart, rows: Rows, **more: object) -> ET.Element:
    """The chart as a reader of XML sees it."""
    return ET.fromstring(plain(chart, rows, **more).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"'))


def plain(chart: Chart, rows: Rows, **more: object) -> str:
    return chart(rows, **({"title": "Becas por región", "description": "Santa Cruz, la que más."} | more))


def texts(svg: ET.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def test_bar_chart_writes_each_name_with_its_number_or_why_there_is_none() -> None:
    assert texts(drawn(bar_chart, REGIONS, suppressed_label="menos de 10"))[:12] == [
        *("Beni", "210"),
        *("Cochabamba", f"12{NBSP}812"),
        *("El Alto", "1204"),
        *("Oruro", "305"),
        *("Pando", "menos de 10"),
        *("Potosí", "menos de 10"),
    ]


def test_bar_chart_draws_bars_in_proportion_to_the_greatest() -> None:
    bars = drawn(bar_chart, [("a", 50), ("b", 100), ("c", 0), ("d", None)]).find(f"{SVG}path[@class='c1']")
    assert bars is not None

    assert re.findall(r"h([\d.]+)v", bars.attrib["d"]) == [str(WIDTH // 2), str(WIDTH)]


def test_bar_chart_measures_against_a_target_greater_than_every_bar() -> None:
    svg = drawn(bar_chart, [("a", 50)], target=100, target_label="Meta:")
    bar = svg.find(f"{SVG}path[@class='c1']")
    assert bar is not None

    assert re.findall(r"h([\d.]+)v", bar.attrib["d"]) == [str(WIDTH // 2)]
    assert texts(svg) == ["a", "50", "Meta: 100"]


def test_column_chart_of_few_months_writes_every_number() -> None:
    assert texts(drawn(column_chart, [("jul", 2100), ("ago", None), ("sep", 0)])) == [
        *("2100", "<10", "0"),
        *("jul", "ago", "sep"),
    ]


def test_column_chart_of_many_months_writes_the_greatest_and_the_key_of_empty_marks() -> None:
    svg = drawn(column_chart, MONTHS, target=300, target_label="Meta de cada mes:")

    assert texts(svg) == ["169", "ene 2022", "jun 2022", "nov 2022", "abr 2023", "<10", "Meta de cada mes: 300"]


@BOTH
def test_chart_is_one_named_picture(chart: Chart) -> None:
    svg = drawn(chart, REGIONS)

    assert svg.attrib["role"] == "img"
    assert [child.tag for child in svg][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert [child.text for child in svg][:2] == ["Becas por región", "Santa Cruz, la que más."]


@pytest.mark.parametrize(("chart", "rows"), [(bar_chart, REGIONS), (column_chart, MONTHS)])
def test_chart_weighs_at_most_two_kilobytes(chart: Chart, rows: Rows) -> None:
    assert len(plain(chart, rows, target=1000, target_label="Meta de cada mes:").encode()) <= 2048


@BOTH
def test_chart_has_no_style_script_or_identifier(chart: Chart) -> None:
    svg = drawn(chart, REGIONS, target=5)
    attributes = {name for element in svg.iter() for name in element.attrib}

    assert sorted(name for name in attributes if name in {"style", "id", "href"} or name.startswith("on")) == []
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} == {"svg", "title", "desc", "path", "g", "text"}


@BOTH
def test_chart_escapes_every_word(chart: Chart) -> None:
    hostile = "<script>alert('x')</script>&\"</desc>"
    svg = drawn(
        chart,
        [(hostile[:34], None)],
        title=hostile,
        description=hostile,
        target=3,
        target_label=hostile,
        suppressed_label=hostile,
    )

    assert [child.text for child in svg][:2] == [hostile, hostile]
    assert sorted(texts(svg)) == sorted([hostile[:34], hostile, f"{hostile} 3"])


@BOTH
def test_chart_of_nothing_is_still_a_named_picture(chart: Chart) -> None:
    assert texts(drawn(chart, [])) == []


@BOTH
@given(
    rows=st.lists(
        st.tuples(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), st.none() | st.integers(0, 10**7))
    ),
    target=st.none() | st.integers(0, 10**7),
)
def test_chart_of_any_rows_stays_within_its_frame(chart: Chart, rows: Rows, target: int | None) -> None:
    svg = drawn(chart, rows, target=target)
    width, height = (float(side) for side in svg.attrib["viewBox"].split()[2:])

    for text in svg.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib.get("x", 0)) <= width
        assert 0 < float(text.attrib["y"]) <= height
    for path in svg.iter(f"{SVG}path"):
        assert [
            n for n in re.findall(r"M([-\d.]+) ([-\d.]+)", path.attrib["d"]) if float(n[0]) < 0 or float(n[1]) < 0
        ] == []


def test_column_chart_never_writes_two_names_over_each_other() -> None:
    for count in range(1, 40):
        words = drawn(column_chart, [("sep 2022", 1)] * count).iter(f"{SVG}text")
        places = [float(word.attrib.get("x", 0)) for word in words if word.text == "sep 2022"]
        assert [b - a for a, b in pairwise(places) if b - a < 40] == []


@pytest.mark.parametrize(("number", "said"), [(0, "0"), (4679, "4679"), (100_000, f"100{NBSP}000")])
def test_written_groups_digits_from_five_on(number: int, said: str) -> None:
    assert written(number) == said

"""Pairs who may be one person, among all: Splink on DuckDB, with weights that were set and not learned.

Splink would learn them from the pairs themselves (expectation maximisation), and takes families for duplicates then:
sisters share their surnames, a number and a region, and there are more of them than people who were entered twice
(docs/decisions/0027-two-records-of-one-woman.md has the figures). So a number shared says little here, a given name
that differs nearly everything, and how common a name is (term frequencies) is counted among the people searched.

Nothing is loaded before the first search: it takes seconds, and some 600 MB.
"""

import logging
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, NamedTuple
from uuid import UUID

from trenza.apps.people.duplicates.likeness import parts

LIKELY: Final = 0.5
"""From here on a pair is shown to somebody. It decides nothing."""
_CHANCE: Final = 1e-6
"""That two persons drawn at random are one."""
_USUAL_GIVEN: Final = 0.0025
_USUAL_SURNAMES: Final = 0.0008
"""How often two persons drawn at random have the same given names, and the same two surnames."""
_COUNTED: Final = {"given": _USUAL_GIVEN, "surnames": _USUAL_SURNAMES}
_AS_MANY: Final = 2_000
"""What is usual counts as much as so many people."""
_COLUMNS: Final = ("id", "given", "given_1", "given_2", "surname_1", "surname_2", "surnames", "born", "phone")


class NoSearchHere(RuntimeError):
    """Splink and DuckDB are not installed: they are for a cell's server (`make install-cell`)."""


class Known(NamedTuple):
    """What is compared of a person. `phone` is in E.164, blank where she has none."""

    id: UUID
    given_name: str
    family_name: str
    birth_date: date | None
    phone: str


class Likely(NamedTuple):
    """Two who may be one, and how likely (0 to 1)."""

    one: UUID
    other: UUID
    score: float


def is_installed() -> bool:
    """Whether this installation can search."""
    return find_spec("splink") is not None and find_spec("duckdb") is not None


def search(people: Sequence[Known], *, at_least: float = LIKELY, threads: int = 2) -> list[Likely]:
    """The pairs among these people who may be one, the likeliest first.

    Only pairs are compared that have something in common: day of birth and part of a name, number and part of a name,
    or all of a name. Two hundred thousand people take seconds.

    Raises:
        NoSearchHere: the packages are not installed.
    """
    if not is_installed():
        raise NoSearchHere
    if len(people) < 2:
        return []
    import duckdb
    import pandas
    from splink import DuckDBAPI, SettingsCreator

    # Its types know of names of tables alone; it takes frames too.
    Linker: Any = import_module("splink").Linker  # noqa: N806 (it is a class)

    logging.getLogger("splink").setLevel(logging.ERROR)
    frame = pandas.DataFrame([_row(number, each) for number, each in enumerate(people)], columns=list(_COLUMNS))
    frame = frame.astype(dict.fromkeys(_COLUMNS[1:], "object")).where(frame.notna(), None)
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[_GIVEN, _SURNAMES, _BORN, _PHONE],
        blocking_rules_to_generate_predictions=list(_COMPARED),
        probability_two_random_records_match=_CHANCE,
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    # What does not fit into memory goes where nobody else reads it, and is gone with the search.
    with (
        tempfile.TemporaryDirectory(prefix="trenza-") as spilled,
        duckdb.connect(config={"threads": threads, "memory_limit": "1GB", "temp_directory": spilled}) as database,
    ):
        linker = Linker(frame, settings, db_api=DuckDBAPI(connection=database), set_up_basic_logging=False)
        for column, usual in _COUNTED.items():
            counted = _frequencies(frame[column], usual)
            linker.table_management.register_term_frequency_lookup(
                pandas.DataFrame(counted, columns=[column, f"tf_{column}"]), column
            )
        found = linker.inference.predict(threshold_match_probability=at_least)
        rows = database.execute(
            f"SELECT id_l, id_r, match_probability FROM {found.physical_name} ORDER BY 3 DESC, 1, 2"
        ).fetchall()
    return [Likely(people[left].id, people[right].id, score) for left, right, score in rows]


def _row(number: int, each: Known) -> tuple[Any, ...]:
    name = parts(each.given_name, each.family_name)
    born = each.birth_date.isoformat() if each.birth_date else None
    return (number, *name, name.surnames, born, each.phone or None)


def _frequencies(values: Iterable[str | None], usual: float) -> list[tuple[str, float]]:
    """How common each is among the others. Where few people are, they say little: it stays near the usual then."""
    counted = Counter(value for value in values if value)
    total = counted.total() + _AS_MANY
    return [(value, (count - 1 + usual * _AS_MANY) / total) for value, count in counted.items()]


def _near(one: str, other: str) -> str:
    """One letter, or the ending, is another."""
    return f"(jaro_winkler_similarity({one}, {other}) >= 0.9 OR damerau_levenshtein({one}, {other}) <= 1)"


def _both_near(one_l: str, one_r: str, two_l: str, two_r: str) -> str:
    return f"({_near(one_l, one_r)} AND (({two_l} IS NULL AND {two_r} IS NULL) OR {_near(two_l, two_r)}))"


def _level(condition: str, name: str, of_same: float, of_others: float, **more: Any) -> dict[str, Any]:
    """How often this holds of two records of one person, and of two persons drawn at random."""
    return {
        "sql_condition": condition,
        "label_for_charts": name,
        "m_probability": of_same,
        "u_probability": of_others,
        **more,
    }


def _unknown(condition: str) -> dict[str, Any]:
    return {"sql_condition": condition, "label_for_charts": "unknown", "is_null_level": True}


def _comparison(name: str, *levels: dict[str, Any]) -> dict[str, Any]:
    return {"output_column_name": name, "comparison_levels": list(levels)}


_GIVEN: Final = _comparison(
    "given",
    _unknown("given_l IS NULL OR given_r IS NULL"),
    _level("given_l = given_r", "same", 0.58, _USUAL_GIVEN, tf_adjustment_column="given", tf_adjustment_weight=1.0),
    _level(_both_near("given_1_l", "given_1_r", "given_2_l", "given_2_r"), "misspelt", 0.31, 0.0035),
    _level(
        f"{_near('given_1_l', 'given_1_r')} AND (given_2_l IS NULL OR given_2_r IS NULL)", "one left out", 0.1, 0.01
    ),
    _level(
        "given_1_l = given_1_r OR given_2_l = given_2_r OR given_1_l = given_2_r OR given_2_l = given_1_r",
        "one in common", 0.008, 0.03,
    ),
    _level("ELSE", "other", 0.0006, 0.95),
)  # fmt: skip
_SURNAMES: Final = _comparison(
    "surnames",
    _unknown("surname_1_l IS NULL OR surname_1_r IS NULL"),
    _level(
        "surnames_l = surnames_r", "same in any order", 0.6, _USUAL_SURNAMES,
        tf_adjustment_column="surnames", tf_adjustment_weight=1.0,
    ),
    _level(
        f"{_both_near('surname_1_l', 'surname_1_r', 'surname_2_l', 'surname_2_r')} OR "
        f"({_near('surname_1_l', 'surname_2_r')} AND {_near('surname_2_l', 'surname_1_r')})",
        "misspelt", 0.32, 0.0012,
    ),
    _level(
        f"(surname_2_l IS NULL OR surname_2_r IS NULL) AND ({_near('surname_1_l', 'surname_1_r')} OR "
        f"{_near('surname_1_l', 'surname_2_r')} OR {_near('surname_2_l', 'surname_1_r')})",
        "one left out", 0.07, 0.006,
    ),
    _level(
        "surname_1_l = surname_1_r OR surname_2_l = surname_2_r OR surname_1_l = surname_2_r OR "
        "surname_2_l = surname_1_r",
        "one in common", 0.005, 0.05,
    ),
    _level("ELSE", "other", 0.001, 0.94),
)  # fmt: skip
_BORN: Final = _comparison(
    "born",
    _unknown("born_l IS NULL OR born_r IS NULL"),
    _level("born_l = born_r", "same", 0.92, 0.00016),
    _level(
        "damerau_levenshtein(born_l, born_r) <= 1 OR (left(born_l, 4) = left(born_r, 4) AND "
        "substr(born_l, 6, 2) = substr(born_r, 9, 2) AND substr(born_l, 9, 2) = substr(born_r, 6, 2))",
        "a figure, or day and month", 0.06, 0.004,
    ),
    _level("ELSE", "other", 0.003, 0.995),
)  # fmt: skip
# Sisters and mothers share one: it is worth little.
_PHONE: Final = _comparison(
    "phone",
    _unknown("phone_l IS NULL OR phone_r IS NULL"),
    _level("phone_l = phone_r", "same", 0.5, 0.15),
    _level("ELSE", "other", 0.5, 0.85),
)
_COMPARED: Final[tuple[Any, ...]] = (
    "l.born = r.born AND left(l.given, 2) = left(r.given, 2)",
    "l.born = r.born AND l.surname_1 = r.surname_1",
    "l.born = r.born AND l.surname_2 = r.surname_2",
    "l.born = r.born AND l.surname_1 = r.surname_2",
    "l.born = r.born AND l.surname_2 = r.surname_1",
    "l.born = r.born AND l.phone = r.phone",
    "l.given = r.given AND l.surnames = r.surnames",
    "l.phone = r.phone AND l.given_1 = r.given_1",
    "l.phone = r.phone AND l.surnames = r.surnames",
    "l.given_1 = r.given_1 AND l.surname_1 = r.surname_1 AND l.surname_2 = r.surname_2",
)

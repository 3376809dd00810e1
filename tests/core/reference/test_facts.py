"""What code is told about countries: what the files say, and nothing where they say nothing."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.core import reference

COUNTRIES = [country.alpha_2 for country in pycountry.countries]


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    reference.forget()
    yield
    reference.forget()


def test_shipped_prices_are_those_that_were_published():
    found = {code: (each.year, each.usd) for code in COUNTRIES if (each := reference.price(code))}

    assert found == {
        "BO": (2019, Decimal("8.51")),
        "CO": (2022, Decimal("0.49")),
        "GT": (2022, Decimal("1.28")),
        "HN": (2022, Decimal("0.76")),
        "MX": (2022, Decimal("2.89")),
        "NI": (2022, Decimal("0.7")),
        "PA": (2022, Decimal("2.98")),
        "SV": (2022, Decimal("1.27")),
    }


def test_shipped_ages_of_majority_are_those_that_we_know():
    found = {code: each.years for code in COUNTRIES if (each := reference.age("majority", code))}

    assert found == dict.fromkeys(["BO", "CO", "CR", "GT", "MX", "NI", "PY", "SV"], 18)


def test_an_unknown_age_is_taken_for_18():
    assert reference.age("majority", "HN") is None
    assert (reference.adult_age("HN"), reference.adult_age("")) == (18, 18)


def test_an_age_of_the_law_stands_above_the_careful_one(tmp_path: Path, settings):
    write(tmp_path, ages=AGE.format(country="BO", years=21))
    settings.DATA = tmp_path

    assert (reference.adult_age("BO"), reference.adult_age("MX")) == (21, 18)


def test_lines_against_violence_come_first():
    assert [(each.reason, each.number) for each in reference.hotlines("PY")] == [
        ("violence", "137"),
        ("emergency", "911"),
    ]
    assert reference.hotlines("NI") == []


@pytest.mark.parametrize(
    ("size", "country", "cents"),
    [
        (10**9, "BO", Decimal("851.00")),
        (10**6, "BO", Decimal("0.85")),
        (14_336, "BO", Decimal("0.01")),
        (1, "CO", Decimal("0.01")),
        (0, "BO", Decimal("0.00")),
        (10**9, "CR", None),
    ],
)
def test_cost_follows_the_price_and_is_unknown_without_one(size: int, country: str, cents: Decimal | None):
    assert reference.cost_in_cents(size, country) == cents


@given(size=st.integers(1, 10**12), more=st.integers(0, 10**12), country=st.sampled_from(COUNTRIES))
def test_more_never_costs_less_and_nothing_is_free(size: int, more: int, country: str):
    less, all_of_it = reference.cost_in_cents(size, country), reference.cost_in_cents(size + more, country)

    assert (less is None) == (all_of_it is None) == (reference.price(country) is None)
    if less is not None and all_of_it is not None:
        assert 0 < less <= all_of_it


AGE = """
[[age]]
country = "{country}"
of = "majority"
years = {years}
source = "A law, article 1"
url = "https://example.org/law"
checked = 2026-01-31
"""


def write(folder: Path, **files: str) -> Path:
    """The three files; those not given are empty."""
    for name in ("prices", "currencies", "ages", "hotlines"):
        (folder / f"{name}.toml").write_text(files.get(name, ""))
    return folder

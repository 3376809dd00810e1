"""`trenza data check` and what it stands on: every error at once with its line, and what is old."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from trenza.cli.commands import main
from trenza.core import reference
from trenza.core.reference.checking import MONTHS

SHIPPED = Path(__file__).parents[3] / "data"
TODAY = date(2026, 11, 22)
PRICE = """[[price]]
country = "BO"
year = 2019
usd_per_gb = 8.51
source = "Somebody"
url = "https://example.org/prices"
checked = 2026-01-31
"""
CURRENCY = """[[currency]]
country = "BO"
code = "BOB"
sign = "Bs"
year = 2019
per_usd = 6.91
source = "Somebody"
url = "https://example.org/rates"
checked = 2026-01-31
"""


def folder(path: Path, prices: str = "", ages: str = "", hotlines: str = "", currencies: str = "") -> Path:
    texts = {"prices": prices, "ages": ages, "hotlines": hotlines, "currencies": currencies}
    for name, text in texts.items():
        (path / f"{name}.toml").write_text(text)
    return path


def problems(path: Path) -> list[str]:
    return [str(each).removeprefix(f"{path}/") for each in reference.check(path, today=TODAY).problems]


def test_shipped_files_have_no_error():
    found = reference.check(SHIPPED, today=date(2026, 11, 30))

    assert (found.problems, found.old, found.entries) == ([], [], 54)


def test_currency_must_be_one_of_the_standard(tmp_path: Path):
    wrong = CURRENCY.replace('"BOB"', '"BS"').replace("6.91", "0.0").replace('"Bs"', '""')

    assert problems(folder(tmp_path, currencies=wrong)) == [
        'currencies.toml:3: "code" is no currency of ISO 4217; give its three capital letters, such as "BOB"',
        'currencies.toml:4: "sign" is too short; it is ""',
        'currencies.toml:6: "per_usd" must be more than 0.0; it is 0.0',
    ]


def test_every_error_of_every_file_comes_at_once(tmp_path: Path):
    wrong = PRICE.replace('"BO"', '"ZZ"').replace("8.51", '"8.51"').replace("https", "ftp").replace("year = 2019\n", "")
    hotline = '[[hotline]]\ncountry = "BO"\nfor = "fire"\nnumber = "1-2"\nname = "x"\n'
    folder(tmp_path, prices=wrong, hotlines=hotline, ages="[[edad]]\nyears = 3\n")

    assert problems(tmp_path) == [
        'ages.toml:1: "edad" is not known here; this file holds [[age]] only',
        'hotlines.toml:1: "checked" is missing; write it',
        'hotlines.toml:1: "source" is missing; write it',
        'hotlines.toml:1: "url" is missing; write it',
        'hotlines.toml:3: "for" cannot be "fire"; use violence or emergency',
        'hotlines.toml:4: "number" is no telephone number; digits only, as they are dialled within the country',
        'prices.toml:1: "year" is missing; write it',
        'prices.toml:2: "ZZ" is no country of ISO 3166-1; give its two capital letters, such as "BO"',
        'prices.toml:3: "usd_per_gb" must be a number, without quotes; it is "8.51"',
        'prices.toml:5: "url" is no public address; give the page where the fact stands, with https://',
    ]


def test_an_entry_that_stands_twice_is_an_error(tmp_path: Path):
    assert problems(folder(tmp_path, prices=PRICE + PRICE)) == [
        "prices.toml:8: BO stands twice; the first is on line 1"
    ]


def test_a_file_that_is_missing_or_no_toml_is_an_error(tmp_path: Path):
    folder(tmp_path, prices="[[price]\n")
    (tmp_path / "ages.toml").unlink()

    found = problems(tmp_path)

    assert found[0] == "ages.toml:1: cannot be read: No such file or directory; put the file back"
    assert [line.partition(":")[0] for line in found] == ["ages.toml", *["prices.toml"] * (len(found) - 1)]
    assert len(found) > 1


def test_a_day_that_is_still_to_come_is_an_error(tmp_path: Path):
    tomorrow = PRICE.replace("2026-01-31", "2026-11-23")

    assert problems(folder(tmp_path, prices=tomorrow)) == [
        "prices.toml:1: BO was checked on 2026-11-23, which is still to come"
    ]


@pytest.mark.parametrize(
    ("checked", "old"),
    [("2025-11-22", True), ("2025-11-23", False), ("2026-11-22", False), ("2024-02-29", True)],
)
def test_an_entry_is_old_after_twelve_whole_months(tmp_path: Path, checked: str, old: bool):
    found = reference.check(folder(tmp_path, prices=PRICE.replace("2026-01-31", checked)), today=TODAY)

    assert ([each.hint for each in found.old], found.problems) == (
        ["look at https://example.org/prices and set today's date"] if old else [],
        [],
    )


@given(text=st.text(max_size=300))
def test_no_text_makes_the_checker_fall(text: str, tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("data")
    folder(path)
    (path / "ages.toml").write_bytes(text.encode("utf-8", "surrogatepass"))

    reference.check(path, today=TODAY)


def test_the_command_exits_0_with_warnings_and_1_with_errors(tmp_path: Path):
    old = CliRunner().invoke(main, ["data", "check", str(folder(tmp_path, prices=PRICE)), "--months", "1"])
    wrong = CliRunner().invoke(main, ["data", "check", str(folder(tmp_path, prices="price = 3\n"))])
    shipped = CliRunner().invoke(main, ["data", "check"])

    assert (old.exit_code, wrong.exit_code, shipped.exit_code) == (0, 1, 0)
    assert "prices.toml:1: BO was last checked on 2026-01-31; look at" in old.output
    assert 'prices.toml:1: "price" must be a list; write [[price]]' in wrong.output
    assert MONTHS == 12

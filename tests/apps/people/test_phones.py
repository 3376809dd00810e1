import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.people.api import COUNTRIES, calling_code, normal_phone

ROSA = "+59171234567"


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("71234567", "BO"),
        (" 712-345 67 ", "BO"),
        ("+591 71234567", "CO"),
        ("00591 71234567", "CO"),
        ("591 71234567", "BO"),
        ("591 71234567", "MX"),
    ],
)
def test_number_is_understood_as_it_is_written(written, country):
    assert normal_phone(written, country) == ROSA


def test_number_without_a_country_is_of_the_one_that_she_chose():
    numbers = {"CO": "3211234567", "GT": "51234567", "MX": "2221234567", "PY": "961456789"}

    assert {code: normal_phone(number, code) for code, number in numbers.items()} == {
        "CO": "+573211234567", "GT": "+50251234567", "MX": "+522221234567", "PY": "+595961456789",
    }  # fmt: skip


@pytest.mark.parametrize("written", ["", "rosa@demo.example", "rosa", "1", "+", "7123 4567 8901 2345", "7" * 200, "٣"])
def test_what_is_no_number_is_none(written):
    assert normal_phone(written) is None


@given(st.text(max_size=60), st.sampled_from([*COUNTRIES, "XX", ""]))
def test_any_text_is_a_number_in_one_spelling_or_none(text, country):
    found = normal_phone(text, country)

    assert found is None or normal_phone(found, "MX") == found


def test_every_country_of_ours_has_its_code():
    assert calling_code("BO") == "+591"
    assert all(calling_code(country) != "+0" for country in COUNTRIES)

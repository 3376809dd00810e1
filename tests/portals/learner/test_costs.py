"""What a download costs her: in words, rounded against us, and not at all where nobody knows."""

import pytest
from django.utils import translation

from tests.portals.learner.scene import browser, published, rosa
from trenza.core import reference
from trenza.portals.learner.costs import cost_in_words, where_it_comes_from


@pytest.mark.parametrize(
    ("kilobytes", "country", "words"),
    [
        (14, "BO", "about Bs\xa00.01"),
        (312, "BO", "about Bs\xa00.02"),
        (1_000_000, "BO", "about Bs\xa060.22"),
        (312, "CO", "about $\xa01"),
        (1_000_000, "CO", "about $\xa02,136"),
        (312, "SV", "about US$\xa00.01"),
        (14, "CR", ""),
        (14, "", ""),
    ],
)
def test_cost_is_in_her_money_rounded_up_and_unknown_without_a_price(kilobytes: int, country: str, words: str):
    with translation.override("en"):
        assert cost_in_words(kilobytes, country) == words


@pytest.mark.parametrize(
    ("kilobytes", "words"),
    [
        (14, "less than one US cent"),
        (1_200, "about 2 US cents"),
        (1_150, "about 1 US cent"),
        (1_000_000, "about US$ 8.72"),
    ],
)
def test_cost_is_in_whole_cents_where_the_rate_is_unknown(kilobytes: int, words: str, monkeypatch):
    monkeypatch.setattr(reference.facts, "currency", lambda country: None)
    monkeypatch.setattr(reference, "currency", lambda country: None)

    with translation.override("en"):
        assert cost_in_words(kilobytes, "BO") == words


def test_price_comes_with_its_year_and_country():
    with translation.override("es"):
        assert where_it_comes_from("MX").startswith("Contamos US$ 2,89 por 1 GB, el promedio en México en 2022.")
        assert where_it_comes_from("CR") == ""


@pytest.mark.django_db
def test_course_says_what_it_costs_whom_we_know_and_nothing_to_a_stranger():
    published()
    hers, strangers = (client.get("/cursos/uno/").content.decode() for client in (browser(rosa()), browser()))

    assert "Con datos del celular, todo el curso te cuesta unos Bs\xa00,01." in hers
    assert "el promedio en Bolivia en 2019" in hers
    assert "Bs" not in strangers

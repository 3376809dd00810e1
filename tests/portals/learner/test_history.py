"""One history over all programmes."""

from typing import Any

import pytest

from tests.apps.credentials.examples import a_template
from tests.apps.programmes.examples import a_programme, module
from tests.portals.learner.scene import browser, enrolled, finish, published, rosa
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import meet_requirement
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db


def sentences(person: Person) -> list[str]:
    return [each.sentence for each in browser(person).get("/mi/historia/").context["history"]]


def test_history_of_somebody_new_says_where_to_begin():
    page = browser(rosa()).get("/mi/historia/")

    assert page.context["history"] == []
    assert "/catalogo/" in page.content.decode()


def test_history_holds_all_programmes_the_latest_first():
    person, version = rosa(), published("uno")
    enrolled(person, a_programme("primero"))
    finish(browser(person), version)
    work_until_done()
    second = enrolled(person, a_programme("segundo"))
    work_until_done()
    a_template(second.edition.programme)
    meet_requirement(enrolment=second, module=module(second, "dos"))
    work_until_done()

    assert sentences(person) == [
        "Ganaste el certificado «Primeros pasos».",
        "Completaste «Básico».",
        "Terminaste el módulo «Dos».",
        "Terminaste el módulo «Uno».",
        "Empezaste «Básico».",
        "Terminaste el módulo «Uno».",
        "Terminaste el curso «Uno».",
        "Empezaste «Básico».",
    ]


def test_history_is_hers_alone():
    other = rosa("Ana")
    enrolled(other)

    assert sentences(rosa()) == []


@pytest.mark.parametrize("many", [1, 3])
def test_history_asks_as_much_for_one_enrolment_as_for_three(django_assert_num_queries: Any, many: int):
    person = rosa()
    for n in range(many):
        enrolment = enrolled(person, a_programme(f"p{n}"))
        meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))
    client = browser(person)

    with django_assert_num_queries(8):
        client.get("/mi/historia/")

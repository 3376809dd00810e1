"""Folded text: what is looked for alike on every engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.admissions.examples import a_person
from trenza.apps.people.api import Person, update_person
from trenza.core.words import folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("María  Ñusta ", "maria nusta"),
        ("PEÑA", "pena"),
        ("Straße", "strasse"),
        ("Łucja Ángeles", "łucja angeles"),  # a stroke is no mark in Unicode
        ("", ""),
    ],
)
def test_folded_leaves_out_case_marks_and_spaces(text: str, found: str):
    assert folded(text) == found


@given(st.text())
def test_folding_again_changes_nothing(text: str):
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_case_does_not_matter(text: str):
    assert folded(text.casefold()) == folded(text)


@pytest.mark.django_db
def test_person_is_found_by_the_names_that_she_has_now():
    person = a_person(1, given_name="María", family_name="Núñez")
    update_person(person=person, given_name="Inés", certificate_name="Inés N. Peña", by=None)

    assert Person.objects.get().search_text == "ines nunez ines n. pena"


@pytest.mark.django_db
def test_persons_written_together_are_found():
    [person] = Person.objects.bulk_create([Person(given_name="Sofía", registered_at="2026-01-01T00:00Z")])

    assert Person.objects.filter(search_text__contains="sofia").get() == person


@pytest.mark.django_db
def test_what_does_not_fit_is_left_out_of_the_index():
    person = a_person(1, given_name="ﷺ" * 120)

    assert len(Person.objects.get(pk=person.pk).search_text) == 500

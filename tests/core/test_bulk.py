"""Upserts in bulk: every value arrives as it is, and meets the row that is there by its rule. Single rows likewise."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import example, given
from hypothesis import strategies as st

from tests.apps.admissions.examples import a_person
from trenza.apps.forms.models import Draft
from trenza.apps.learning.models import CourseProgress, QuestionProgress
from trenza.apps.people.models import Account, Consent, Person
from trenza.core import bulk
from trenza.core.ids import named_id
from trenza.core.journal.engines import driver

ANA, LESSON = named_id("ana"), named_id("lesson")
EARLY, LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, 3, 4, 5, 678_901, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


def answer(rows):
    """Upsert (question, attempts, score, when) of one person and lesson."""
    own = driver()
    key = own.uuid(ANA), own.uuid(LESSON)
    bulk.upsert(
        QuestionProgress,
        ["person", "lesson", "question"],
        [(*key, question, attempts, score, own.moment(at)) for question, attempts, score, at in rows],
        merge={"attempts": bulk.ADD, "score": bulk.greatest(), "scored_at": bulk.least()},
    )
    return sorted(QuestionProgress.objects.values_list("question", "attempts", "score", "scored_at"))


@pytest.mark.django_db
@given(st.sets(TEXT, min_size=1, max_size=30))
@example({"NULL", "", "{", "}", ",", '"', "\\", "a,b", "'", "%s", "\n", "año"})
def test_upsert_keeps_every_text(texts):
    QuestionProgress.objects.all().delete()

    assert answer([(text, 1, 0.5, LATE) for text in texts]) == sorted((text, 1, 0.5, LATE) for text in texts)


@pytest.mark.django_db
def test_upsert_merges_by_the_rule_of_each_column():
    answer([("q1", 2, 0.0, LATE), ("q2", 1, 1.0, EARLY)])

    assert answer([("q1", 3, 1.0, EARLY), ("q2", 1, 0.0, LATE), ("q3", 1, 0.0, LATE)]) == [
        ("q1", 5, 1.0, EARLY),
        ("q2", 2, 1.0, EARLY),
        ("q3", 1, 0.0, LATE),
    ]


@pytest.mark.django_db
def test_upsert_writes_nothing_where_there_is_nothing():
    own = driver()
    row = (own.uuid(ANA), own.uuid(LESSON), own.moment(EARLY), 1, None)
    merge = dict.fromkeys(("begun_at", "lessons_passed", "completed_at"), "excluded.{column}")
    bulk.upsert(CourseProgress, ["person", "version"], [row], merge=merge)

    assert list(
        CourseProgress.objects.values_list("person", "version", "begun_at", "lessons_passed", "completed_at")
    ) == [(ANA, LESSON, EARLY, 1, None)]


@pytest.mark.django_db
def test_upsert_without_rows_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        bulk.upsert(QuestionProgress, ["person"], [], merge={})


def a_draft(code: str, typed: str, **more) -> Draft:
    return Draft(subject=LESSON, code=code, typed=typed, changed_at=EARLY, expires_at=LATE, **more)


@pytest.mark.django_db
@given(st.lists(TEXT, min_size=1, max_size=5))
def test_insert_keeps_rows_as_save_does(texts):
    Draft.objects.all().delete()
    rows = [a_draft(f"{number}", text, person=ANA if number % 2 else None) for number, text in enumerate(texts)]
    bulk.insert(*rows)

    names = ("pk", "subject", "code", "person", "typed", "changed_at", "expires_at")
    assert list(Draft.objects.order_by("code").values_list(*names)) == [
        tuple(getattr(row, name) for name in names) for row in rows
    ]
    assert {row._state.adding for row in rows} == {False}


@pytest.mark.django_db
def test_insert_fills_what_follows_from_other_fields():
    person = Person(given_name="Ñusta", family_name="Quispe", registered_at=EARLY)
    bulk.insert(person)

    assert Person.objects.get().search_text == person.search_text == "nusta quispe"


@pytest.mark.django_db
def test_insert_sees_to_what_a_model_sees_to_when_it_is_saved():
    account = Account(person=a_person(), email="Juana@Ejemplo.BO", created_at=EARLY)
    bulk.insert(account)

    kept = Account.objects.get(pk=account.pk)
    assert (kept.email, kept.has_usable_password(), kept.password) == ("juana@ejemplo.bo", False, account.password)


@pytest.mark.django_db
def test_insert_of_a_row_that_is_there_is_refused_and_a_savepoint_saves_the_rest():
    bulk.insert(a_draft("one", "first"))
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(a_draft("one", "second"))

    assert Draft.objects.get().typed == "first"


@pytest.mark.django_db
def test_insert_of_no_rows_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        bulk.insert()


@pytest.mark.django_db
def test_put_writes_over_what_stands_under_the_key_and_takes_its_name(django_assert_num_queries):
    first, second, other = a_draft("one", "first"), a_draft("one", "second"), a_draft("two", "third")
    name = first.pk
    with django_assert_num_queries(3):
        assert [bulk.put(row, key=["code"]) for row in (first, second, other)] == [True, False, True]

    assert second.pk == name
    assert list(Draft.objects.order_by("code").values_list("pk", "typed")) == [(name, "second"), (other.pk, "third")]


@pytest.mark.django_db
def test_put_may_leave_what_stands_under_a_conditional_key():
    person = a_person()

    def agree(version: int, **more) -> bool:
        row = Consent(person=person, text="data-use", version=version, given_at=LATE, **more)
        key = ("person_id", "text", "version")
        return bulk.put(row, key=key, where="withdrawn_at IS NULL", replace=False)

    before = Consent.objects.count()
    assert [agree(7), agree(7), agree(8), agree(8, withdrawn_at=LATE)] == [True, False, True, True]
    assert Consent.objects.count() - before == 3

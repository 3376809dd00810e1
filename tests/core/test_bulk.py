"""Upserts in bulk: every value arrives as it is, and meets the row that is there by its rule."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trenza.apps.learning.models import CourseProgress, QuestionProgress
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

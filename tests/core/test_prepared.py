from datetime import UTC, datetime, timedelta

import pytest

from tests.apps.programmes.examples import a_programme
from trenza.apps.programmes.models import Programme
from trenza.core.prepared import PreparedRow

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
EPOCH = datetime(1, 1, 1, tzinfo=UTC)


def test_same_query_is_asked_with_other_values_and_compiled_once(django_assert_num_queries):
    one, two = a_programme("uno"), a_programme("dos")
    built = []

    def build(code):
        built.append(code)
        return Programme.objects.filter(code=code).order_by().values_list("name")

    row = PreparedRow(build, "a code")

    with django_assert_num_queries(3):
        found = [row.one(code) for code in ("uno", "dos", "tres")]
    assert found == [(one.name,), (two.name,), None]
    assert built == ["a code"]


def test_moments_are_adapted_as_the_database_writes_them():
    programme = a_programme()
    now = datetime.now(tz=UTC)
    programme.versions.create(number=1, loaded_at=now, source="", digest="0" * 64, notes=[])
    row = PreparedRow(lambda at: programme.versions.filter(loaded_at__lt=at).order_by().values_list("number"), EPOCH)

    assert row.one(now + timedelta(seconds=1)) == (1,)
    assert row.one(now - timedelta(seconds=1)) is None

import pytest

from tests.apps.admissions.examples import a_call, a_person
from tests.journal import journal
from trenza.apps.admissions.actions.calls import publish_call
from trenza.apps.people.api import grant_role
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_publish_call_is_recorded_once():
    call, person = a_call(published_at=None), a_person()
    grant_role(person=person, role="coordinator", scope_kind="edition", scope=call.edition_id, by=None)

    publish_call(call=call, by=person)
    first = call.published_at
    publish_call(call=call, by=None)

    assert first is not None
    assert (call.published_at, call.published_by) == (first, person)
    assert [entry for entry in journal() if entry[0].startswith("admissions.")] == [
        ("admissions.call_published.v1", None, person.id, {"call": str(call.id)})
    ]


def test_publish_call_by_who_may_not_is_refused():
    call, person = a_call(published_at=None), a_person()
    grant_role(person=person, role="auditor", by=None)

    with pytest.raises(NotAllowed):
        publish_call(call=call, by=person)

    assert call.published_at is None

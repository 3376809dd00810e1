"""What she has begun: kept under a code that nobody can read from the table, for thirty days."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.forms import privacy
from trenza.apps.forms.actions.drafts import MOST_TYPED, TooLong, discard_draft, keep_draft, sweep_drafts
from trenza.apps.forms.codes import code_for, normal_code, written
from trenza.apps.forms.models import Draft
from trenza.apps.forms.queries import draft_of
from trenza.core import clock
from trenza.core.clock import travel

SUBJECT = uuid4()
CODE = code_for("a page")


@given(st.text(max_size=30))
def test_a_code_survives_being_copied_by_hand(secret: str):
    code = code_for(secret)

    assert normal_code(code) == normal_code(f" {written(code).lower()} ") == code
    assert normal_code(code.replace("0", "o").replace("1", "l")) == code


@pytest.mark.parametrize("text", ["", "K7QM2", "K7QM2-4T2PX-9", "K7QM2 4T2PU", "¡¡¡¡¡¡¡¡¡¡", "\0" * 10])
def test_what_is_no_code_is_none(text: str):
    assert normal_code(text) == ""


@pytest.mark.django_db
def test_a_draft_is_found_by_its_code_and_subject_alone():
    keep_draft(subject=SUBJECT, code=CODE, typed="given_name=Juana")
    keep_draft(subject=SUBJECT, code=CODE, typed="given_name=Juana&email=j")

    draft = Draft.objects.get()
    assert draft.typed == "given_name=Juana&email=j"
    assert CODE not in draft.code
    assert draft_of(SUBJECT, CODE) == draft
    assert draft_of(uuid4(), CODE) is None
    assert draft_of(SUBJECT, code_for("another page")) is None
    assert draft_of(SUBJECT, "") is None


@pytest.mark.django_db
def test_a_draft_stands_for_thirty_days_after_its_last_change():
    keep_draft(subject=SUBJECT, code=CODE, typed="a=1")
    with travel(clock.now() + timedelta(days=29)):
        keep_draft(subject=SUBJECT, code=CODE, typed="a=2")
    with travel(clock.now() + timedelta(days=58)):
        assert draft_of(SUBJECT, CODE) is not None
        assert sweep_drafts() == 0
    with travel(clock.now() + timedelta(days=60)):
        assert draft_of(SUBJECT, CODE) is None
        # Whoever begins one sweeps.
        keep_draft(subject=SUBJECT, code=code_for("another page"), typed="a=3")

    assert [draft.typed for draft in Draft.objects.all()] == ["a=3"]


@pytest.mark.django_db
def test_a_draft_has_a_limit_and_an_end():
    with pytest.raises(TooLong):
        keep_draft(subject=SUBJECT, code=CODE, typed="x" * (MOST_TYPED + 1))
    assert list(Draft.objects.all()) == []

    keep_draft(subject=SUBJECT, code=CODE, typed="a=1")
    discard_draft(subject=SUBJECT, code=CODE)
    assert list(Draft.objects.all()) == []


@pytest.mark.django_db
def test_a_draft_of_who_was_signed_in_is_hers_to_see_and_to_erase():
    person = uuid4()
    keep_draft(subject=SUBJECT, code=CODE, typed="given_name=Juana&days=mon&days=tue", person=person)

    [kept] = privacy.export(person)
    assert kept["answers"] == {"given_name": ["Juana"], "days": ["mon", "tue"]}
    privacy.erase(person=person)
    assert privacy.export(person) == []

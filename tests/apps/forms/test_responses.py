import pytest
from django.db import connection

from tests.apps.forms.questionnaires import ANSWERS, definition
from trenza.apps.forms.actions.responses import keep_response, replace_answers
from trenza.apps.forms.answers import AnswersNotValid
from trenza.apps.forms.models import Form, Response
from trenza.core.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def form() -> Form:
    return Form.objects.create(programme="mujeres-online", code="beca", title="Beca", definition=definition())


def test_keep_response_keeps_the_answers(form: Form):
    person = new_id()

    response = keep_response(form=form, person=person, answers=ANSWERS)

    kept = Response.objects.get()
    assert (kept.id, kept.form, kept.person, kept.answers) == (response.id, form, person, ANSWERS)


def test_keep_response_refuses_what_was_not_asked(form: Form):
    with pytest.raises(AnswersNotValid):
        keep_response(form=form, person=new_id(), answers={"password": "x"})

    assert list(Response.objects.all()) == []


def test_replace_answers_keeps_only_the_new_ones(form: Form):
    response = keep_response(form=form, person=new_id(), answers=ANSWERS)

    replace_answers(response=response, answers=ANSWERS | {"has_email": False})

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM forms_response")
        assert cursor.fetchone() == (1,)
    assert Response.objects.get().answers["has_email"] is False

from typing import Any

import pytest

from tests.apps.admissions.examples import FORM, READY, a_call, a_person, region_of
from tests.journal import journal
from trenza.apps.admissions.actions.applications import submit_application, update_answers
from trenza.apps.admissions.actions.plans import write_plan
from trenza.apps.admissions.models import Application, StudyPlan
from trenza.apps.admissions.privacy import erase, export
from trenza.apps.forms.api import Form
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db
ASKED: list[dict[str, Any]] = [
    {"code": "when", "type": "text", "label": "¿Cuándo?", "fills": "plan_when"},
    {
        "code": "where",
        "type": "choice",
        "label": "¿Dónde?",
        "fills": "plan_where",
        "choices": [{"code": "home", "label": "En mi casa"}, {"code": "centre", "label": "En un centro"}],
    },
    {"code": "who", "type": "text", "label": "¿Quién te ayuda?", "fills": "plan_help", "required": False},
]
PLAN = {"when": "Martes,  a las 8 de la noche", "where": "home", "who": "Mi hermana Rosa"}


def applied(**answers: Any) -> Application:
    call = a_call()
    page = FORM["page"][0] | {"question": [*FORM["page"][0]["question"], *ASKED]}
    Form.objects.filter(pk=call.form_id).update(definition=FORM | {"page": [page]})
    call.refresh_from_db()
    person = a_person()
    return submit_application(
        call=call, person=person, region=region_of(call), answers=READY | PLAN | answers, by=person
    )


def words() -> tuple[str, str, str]:
    plan = StudyPlan.objects.get()
    return plan.moments, plan.place, plan.helper


def test_what_the_form_asks_about_her_plan_becomes_her_plan():
    application = applied()

    assert words() == ("Martes, a las 8 de la noche", "En mi casa", "Mi hermana Rosa")
    assert StudyPlan.objects.get().edition == application.call.edition
    assert "Rosa" not in str(journal())


def test_a_plan_that_she_changed_survives_the_correction_of_another_answer():
    application = applied(has_email=False)
    write_plan(person=application.person, edition=application.call.edition, by=application.person, moments="Jueves")

    update_answers(application=application, answers=READY | PLAN, by=application.person)
    assert words() == ("Jueves", "", "")
    Application.objects.update(state="needs_help")
    update_answers(application=application, answers=READY | PLAN | {"when": "Sábado"}, by=application.person)
    assert words() == ("Sábado", "En mi casa", "Mi hermana Rosa")


def test_her_plan_is_hers_to_write_to_take_along_and_to_erase():
    application = applied()
    person = application.person

    with pytest.raises(NotAllowed):
        write_plan(person=person, edition=application.call.edition, by=a_person(2), moments="Hoy")
    plan = next(each for each in export(person.pk) if "plan" in each)
    assert plan["plan"]["who_helps"] == "Mi hermana Rosa"
    erase(person=person.pk)
    assert words() == ("", "", "")

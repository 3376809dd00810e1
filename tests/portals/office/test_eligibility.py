"""Conditions in the office: decided otherwise, looked at again, filtered by; messages prepared for those concerned."""

from typing import Any

import pytest
from django.test import Client

from tests.apps.admissions.actions.test_judging_anew import ADULTS, applied
from tests.apps.admissions.examples import a_call, an_application
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Appeal, Application, Call, Fulfilment, Notice, make_appeal
from trenza.apps.forms.api import FormDefinition
from trenza.apps.people.api import Account
from trenza.portals.office.people_rows import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return a_call(rules=ADULTS)


@pytest.fixture
def office(client: Client, call: Call) -> Client:
    """Of a coordinator of the programme."""
    sign_in(client, staff("coordinator", scope_kind="programme", scope=call.programme_id))
    return client


def address(application: Application, more: str = "") -> str:
    return f"/oficina/solicitudes/{application.pk}/{more}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_condition_is_decided_otherwise_shown_and_taken_back(office: Client, call: Call):
    application = applied(call)
    assert "Contar una condición como cumplida" in text(office.get(address(application)))

    office.post(address(application, "condicion/"), {"rule": "edad", "reason": "Cumple 25 en <mayo>."})

    application.refresh_from_db()
    assert application.state == "submitted"
    shown = text(office.get(address(application)))
    for said in ("Cumple 25 en &lt;mayo&gt;.", "Decidida por el equipo", "Una condición cuenta como cumplida"):
        assert said in shown, said
    made = Fulfilment.objects.get()

    office.post(address(application, f"condicion/{made.pk}/deshacer/"))

    application.refresh_from_db()
    assert application.state == "not_eligible"
    assert "Se deshizo." in text(office.get(address(application)))


@pytest.mark.parametrize(
    "typed", [{}, {"rule": "edad"}, {"rule": "edad", "reason": "  "}, {"rule": "x", "reason": "x"}]
)
def test_without_a_condition_or_a_reason_nothing_is_changed(office: Client, call: Call, typed: dict[str, str]):
    application = applied(call)

    answer = office.post(address(application, "condicion/"), typed, follow=True)

    assert "No se cambió nada." in text(answer)
    assert list(Fulfilment.objects.all()) == []


def test_who_asks_for_a_second_look_stands_in_the_queue_and_is_answered(office: Client, call: Call):
    application = applied(call)
    appeal = make_appeal(application=application, text="Ya tengo <25>.", by=application.person)
    assert "persona pide una revisión" in text(office.get("/oficina/"))
    assert application.person.name in text(office.get("/oficina/revisiones/?state=open"))
    page = f"/oficina/revisiones/{appeal.pk}/"
    assert "Ya tengo &lt;25&gt;." in text(office.get(page))

    missing = office.post(page, {"upheld": "yes", "reason": "Sí."})
    assert "rules" in missing.context["form"].errors
    assert "reason" in office.post(page, {"upheld": "no"}).context["form"].errors
    office.post(page, {"upheld": "yes", "rules": ["edad"], "reason": "Vimos tu cédula."})

    application.refresh_from_db()
    appeal.refresh_from_db()
    assert (application.state, appeal.upheld, appeal.reason) == ("submitted", True, "Vimos tu cédula.")
    assert "Vimos tu cédula." in text(office.get(page))
    assert application.person.name not in text(office.get("/oficina/revisiones/?state=open"))
    again = office.post(page, {"upheld": "no", "reason": "No."}, follow=True)
    assert "No se cambió nada." in text(again)


def test_applications_are_filtered_by_what_is_unmet_by_second_looks_and_by_who_was_told(office: Client, call: Call):
    young = applied(call, 1)
    other = an_application(call, 2)
    make_appeal(application=young, text="Miren otra vez.", by=young.person)
    Notice.objects.create(application=other, state=other.state, told_at=other.submitted_at)

    def found(query: str) -> set[Any]:
        return {row.pk for row in office.get(f"/oficina/solicitudes/?{query}").context["object_list"]}

    assert found("unmet=edad") == {young.pk}
    assert found("unmet=correo") == set()
    assert found("appeal=open") == {young.pk}
    assert found("appeal=upheld") == set()
    assert found("told=yes") == {other.pk}
    assert found("told=no") == {young.pk}
    Application.objects.filter(pk=other.pk).update(state="awarded")
    assert found("told=yes") == set()  # she was told of another state


def test_messages_are_prepared_for_each_state_and_noted_as_told(office: Client, call: Call):
    young = applied(call, 1)
    gone = an_application(call, 2, state="withdrawn")
    Account.objects.filter(person=young.person).update(phone="+59171234567")
    rows = {"row": [str(young.pk), str(gone.pk)], "bulk": "messages"}
    assert "Nada se envía solo" in text(office.post("/oficina/solicitudes/", rows))

    answer = office.post("/oficina/solicitudes/", {"bulk": "messages", "rows": " ".join(rows["row"]), "confirmed": "1"})

    shown = text(answer)
    assert "Hola, Juana." in shown
    assert "https://wa.me/59171234567?text=Hola%2C%20Juana." in shown
    assert "mailto:juana1@ejemplo.bo?body=" in shown
    assert call.programme.name not in text(answer).split("<textarea")[1].split("</textarea>")[0]
    assert len(answer.context["prepared"]) == 1
    assert list(Notice.objects.all()) == []

    office.post("/oficina/solicitudes/", {"bulk": "told", "rows": str(young.pk), "confirmed": "1"})
    office.post("/oficina/solicitudes/", {"bulk": "told", "rows": str(young.pk), "confirmed": "1"})

    assert [(each.application, each.state) for each in Notice.objects.all()] == [(young, "not_eligible")]


def test_numbers_are_for_whoever_may_read_people(client: Client, call: Call):
    young = applied(call, 1)
    Account.objects.filter(person=young.person).update(phone="+59171234567")
    sign_in(client, scene.coordinator_of(call, "oruro"))

    answer = client.post("/oficina/solicitudes/", {"bulk": "messages", "rows": str(young.pk), "confirmed": "1"})

    assert "71234567" not in text(answer)  # another region: the row is not there at all


@pytest.mark.parametrize("many", [1, 20])
def test_page_of_an_application_asks_as_much_with_a_long_history(
    office: Client, call: Call, django_assert_max_num_queries: Any, many: int
):
    application = applied(call)
    for _ in range(many):
        made = office.post(address(application, "condicion/"), {"rule": "edad", "reason": "Sí."})
        assert made.status_code == 302
        office.post(address(application, f"condicion/{Fulfilment.objects.get(undone_at=None).pk}/deshacer/"))
        Appeal.objects.create(
            application=application, text="…", made_at=application.submitted_at, answered_at=application.submitted_at,
            upheld=False, reason="No.",
        )  # fmt: skip

    with django_assert_max_num_queries(62):
        office.get(address(application))


def test_a_list_of_people_has_columns_for_the_questions_of_her_plan():
    questions = [
        {"code": "when", "type": "text", "label": "¿Cuándo?", "fills": "plan_when"},
        {"code": "born", "type": "date", "label": "¿Cuándo naciste?", "fills": "birth_date"},
    ]
    form = FormDefinition.model_validate(
        {"code": "f", "title": "F", "page": [{"code": "p", "title": "P", "question": questions}]}, strict=False
    )

    assert [question.code for question in asked(form)] == ["when"]

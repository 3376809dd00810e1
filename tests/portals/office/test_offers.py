"""Offers, seats and parts as a coordinator clicks through them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.apps.admissions.actions.test_seat_changes import FEW, WHY, region
from tests.apps.admissions.definition.examples import read
from tests.apps.admissions.definition.test_loading import JULY
from tests.apps.admissions.examples import a_call, an_application, with_seats
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import (
    Award,
    AwardEnd,
    AwardPart,
    Call,
    SeatChange,
    accept_award,
    award_application,
    publish_call,
    seat_plan_of,
)
from trenza.apps.programmes.api import Enrolment, load_definition
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db
CONTAINS = [
    {"code": "curso", "kind": "course", "name": "El curso"},
    {"code": "datos", "kind": "data_voucher", "name": "Un bono de datos", "amount": 20, "currency": "BOB"},
]


@pytest.fixture
def award() -> Award:
    call = with_seats(a_call(answer_days=7, contains=CONTAINS), 1)
    return award_application(application=an_application(call), by=None)


def address(award: Award, more: str = "") -> str:
    return f"/oficina/adjudicaciones/{award.pk}/{more}"


def said(client: Client, at: str) -> str:
    answer = client.get(at)
    assert answer.status_code == 200
    return answer.content.decode()


def test_coordinator_notes_that_she_was_told_and_takes_another_offer_back(client: Client, award: Award):
    sign_in(client, staff("coordinator"))
    an_application(award.call, 2, state="waiting_list")
    assert address(award) in said(client, "/oficina/adjudicaciones/?unreached=true")
    assert "Todavía no, hasta donde sabemos." in said(client, address(award))

    noted = client.post(address(award, "avisada/"), {"on": clock.today(award.call.zone)}, follow=True).content.decode()
    assert "Su lugar la espera hasta el" in noted
    assert "Le avisó el equipo" in noted
    assert "El equipo le avisó de su lugar en «Becas 2026»." in noted
    assert address(award) not in said(client, "/oficina/adjudicaciones/?unreached=true")

    assert "pasa a la siguiente de la lista de espera" in said(client, address(award, "quitar/"))
    asked = client.post(address(award, "quitar/"), {"reason": " "})
    assert asked.status_code == 200
    taken = client.post(address(award, "quitar/"), {"reason": "Se inscribió dos veces"}, follow=True).content.decode()
    work_until_done()
    assert "Se inscribió dos veces" in taken
    assert "Retirada por el equipo" in taken
    assert list(award.call.applications.order_by("submitted_at").values_list("state", flat=True)) == [
        "taken_back", "awarded",
    ]  # fmt: skip
    again = client.post(address(award, "quitar/"), {"reason": "Otra vez"}, follow=True).content.decode()
    assert "No se puede hacer en el estado" in again or "Vuelve a mirarla" in again
    assert AwardEnd.objects.count() == 1


@pytest.mark.parametrize("day", ["", "ayer", "2019-01-01", "2099-01-01", "\x00"])
def test_a_day_that_makes_no_sense_changes_nothing(client: Client, award: Award, day: str):
    sign_in(client, staff("coordinator"))

    assert client.post(address(award, "avisada/"), {"on": day}, follow=True).status_code == 200

    assert Award.objects.get().reached_at is None


def test_offers_that_reached_nobody_wait_on_the_first_page(client: Client, award: Award):
    Award.objects.update(awarded_at=clock.now() - timedelta(days=4))
    sign_in(client, staff("coordinator"))

    assert "no sabe desde hace más de 3 días que tiene un lugar. Llámala." in said(client, "/oficina/")


def test_parts_are_marked_from_the_list_of_who_lacks_them(client: Client, award: Award):
    accept_award(award=award, by=award.person)
    sign_in(client, staff("coordinator"))
    listed = said(client, "/oficina/partes-de-becas/?state=lacking")
    assert "Un bono de datos" in listed
    assert "El curso" not in listed.split("<tbody")[1]
    part = AwardPart.objects.get(code="datos")
    given = {"bulk": "give", "row": [str(part.pk)], "rows": str(part.pk), "confirmed": "1"}

    asked = client.post("/oficina/partes-de-becas/", {"bulk": "give", "row": [str(part.pk)]}).content.decode()
    assert "Aquí no se anota ningún código de bono." in asked
    done = client.post("/oficina/partes-de-becas/", given | {"on": str(clock.today(award.call.zone))})

    assert "Lo tiene." in done.content.decode()
    part.refresh_from_db()
    assert part.given_on == clock.today(award.call.zone)
    assert "Recibió «Un bono de datos»." in said(client, address(award))
    client.post("/oficina/partes-de-becas/", given | {"bulk": "not_given"})
    part.refresh_from_db()
    assert part.given_on is None


@pytest.fixture
def call() -> Call:
    programme = load_definition(definition=read(FEW), today=JULY.date())
    return publish_call(call=programme.calls.get(code="becas"), by=None)


def seats_page(call: Call, more: str = "") -> str:
    return f"/oficina/convocatorias/{call.pk}/lugares/{more}"


def numbers(call: Call, **changes: Any) -> dict[str, Any]:
    alto, oruro = (f"region_{region(call, code).hex}" for code in ("el-alto", "oruro"))
    return {"total": 6, "held_back": 2, alto: 2, oruro: 2, "reason": WHY} | changes


def test_coordinator_raises_and_moves_seats_and_reads_why(client: Client, call: Call):
    sign_in(client, staff("coordinator"))
    assert seats_page(call) in said(client, f"/oficina/convocatorias/{call.pk}/")
    assert "Hay 2 lugares más, guardados para lanzamientos" in said(client, seats_page(call))

    raised = client.post(seats_page(call, "cambiar/"), numbers(call, total=9), follow=True).content.decode()
    assert "Los lugares cambiaron, también en la definición." in raised
    assert WHY in raised
    alto = region(call, "el-alto")
    moved = client.post(
        seats_page(call, "mover/"), {"seats": 2, "source": "", "target": alto, "reason": WHY}, follow=True
    ).content.decode()
    assert "Los lugares se movieron" in moved

    plan = seat_plan_of(Call.objects.get(pk=call.pk))
    assert (plan.total, plan.held_back, plan.by_region[alto]) == (9, 0, 4)
    assert SeatChange.objects.count() == 3


@pytest.mark.parametrize(
    "changes", [{"total": 3}, {"total": -1}, {"total": "x"}, {"held_back": 7}, {"reason": ""}, {"total": 10**12}, {}]
)
def test_seats_that_cannot_be_are_refused_in_words(client: Client, call: Call, changes: dict[str, Any]):
    sign_in(client, staff("coordinator"))

    answer = client.post(seats_page(call, "cambiar/"), numbers(call, **changes), follow=True)

    assert answer.status_code == 200
    assert "No se cambió nada." in answer.content.decode() or "office-error" in answer.content.decode()
    assert not SeatChange.objects.exists()


@pytest.mark.parametrize("move", [{}, {"seats": 9, "source": "", "target": "x", "reason": WHY}])
def test_moves_that_cannot_be_are_asked_for_again(client: Client, call: Call, move: dict[str, Any]):
    sign_in(client, staff("coordinator"))

    assert "office-error" in client.post(seats_page(call, "mover/"), move).content.decode()
    assert not SeatChange.objects.exists()


@pytest.mark.parametrize("n", [1, 3])
def test_ledger_asks_as_many_queries_with_few_lines_as_with_many(
    client: Client, call: Call, n: int, django_assert_max_num_queries: Any
):
    for line in range(n):
        SeatChange.objects.create(
            call=call, change=call.pk, of="total", before=line, after=line + 1, reason=WHY, at=clock.now()
        )
    sign_in(client, staff("coordinator"))
    client.get(seats_page(call))

    with django_assert_max_num_queries(22):
        client.get(seats_page(call))


def test_who_rests_is_counted_apart_and_a_pause_that_ran_out_is_none(client: Client, award: Award):
    with clock.travel(clock.now() - timedelta(days=60)):
        enrolments = [scene.an_enrolment(award.call, n) for n in range(10, 13)]
    today = clock.today("UTC")
    for enrolment, days in zip(enrolments, (-20, 3), strict=False):
        Enrolment.objects.filter(pk=enrolment.pk).update(state="paused", paused_until=today + timedelta(days=days))
    sign_in(client, staff("coordinator"))

    numbers = client.get("/oficina/").context["numbers"]
    assert (numbers["enrolments"], numbers["active"], numbers["paused"]) == (3, 2, 1)
    resting = said(client, "/oficina/inscripciones/?state=paused")
    assert f"/oficina/inscripciones/{enrolments[1].pk}/" in resting
    assert f"/oficina/inscripciones/{enrolments[0].pk}/" not in resting
    assert f"/oficina/inscripciones/{enrolments[0].pk}/" in said(client, "/oficina/inscripciones/?state=active")
    waiting = [each.sentence for each in client.get("/oficina/").context["waiting"]]
    assert "2 personas inscritas llevan 14 días sin aprender." in waiting
    assert "En pausa" not in said(client, f"/oficina/inscripciones/{enrolments[0].pk}/").split("historia")[0]

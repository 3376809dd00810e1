"""Pages of one row ask as much with many rows below it as with few."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.apps.admissions.examples import a_draw_call, an_application
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import (
    Appeal,
    Application,
    Brought,
    Call,
    EligibilityOutcome,
    Fulfilment,
    Judgement,
    Letter,
)
from trenza.core import clock

pytestmark = pytest.mark.django_db
MOST_QUERIES = 55


def more_of_an_application(application: Application, n: int) -> None:
    """Once more judged, fulfilled, looked at again, taken down."""
    at = clock.now()
    team = staff("coordinator", scope_kind="programme", scope=application.call.programme_id)
    EligibilityOutcome.objects.create(
        application=application, position=n, rule=f"regla-{n}", met=False, sentence="Algo.", unmet="help"
    )
    Judgement.objects.create(
        application=application, judged_at=at, judged_by=team, cause="rules", verdict="needs_help", state="needs_help"
    )
    Fulfilment.objects.create(application=application, rule=f"regla-{n}", how="team", made_at=at, made_by=team)
    Appeal.objects.create(
        application=application, made_at=at, answered_at=at, answered_by=team, upheld=True, reason="Sí."
    )
    made = Brought.objects.create(call=application.call, person=application.person, by=team, brought_at=at)
    Letter.objects.create(id=made.pk, secret="a", call=made.call, state="received", written_at=at, arrived_at=at)


def an_application_page(call: Call) -> tuple[str, Callable[[int], object]]:
    application = an_application(call, 1, state="needs_help")
    return f"solicitudes/{application.pk}/", lambda n: more_of_an_application(application, n)


def a_call_page(call: Call) -> tuple[str, Callable[[int], object]]:
    return f"convocatorias/{call.pk}/", lambda n: an_application(call, n)


def a_seats_page(call: Call) -> tuple[str, Callable[[int], object]]:
    return f"convocatorias/{call.pk}/lugares/", lambda n: an_application(call, n)


def a_draw_page(call: Call) -> tuple[str, Callable[[int], object]]:
    drawn = a_draw_call(code="sorteo")
    return f"convocatorias/{drawn.pk}/sorteo/", lambda n: an_application(drawn, n)


@pytest.mark.parametrize("page_of", [an_application_page, a_call_page, a_seats_page, a_draw_page])
def test_page_asks_as_much_with_many_rows_as_with_few(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    page_of: Callable[[Call], tuple[str, Callable[[int], object]]],
):
    call = scene.a_scene_call()
    address, make = page_of(call)
    sign_in(client, staff("coordinator", scope_kind="programme", scope=call.programme_id))

    asked: list[int] = []
    for new in ([2], [3, 4, 5]):
        for n in new:
            make(n)
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            assert client.get(f"/oficina/{address}").status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1]

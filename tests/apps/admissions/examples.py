"""A programme with a call for scholarships, and people who apply."""

from datetime import date, timedelta
from typing import Any

from trenza.apps.admissions.actions.calls import publish_call
from trenza.apps.admissions.models import Application, Call, SeatPool
from trenza.apps.forms.api import Form
from trenza.apps.people.api import Person, register_person
from trenza.apps.programmes.api import Edition, Programme, Region, Track
from trenza.core import clock
from trenza.core.clock import travel

RULES: list[dict[str, Any]] = [
    {"code": "edad", "question": "age", "at_least": 16, "at_most": 29, "sentence": "Tener entre 16 y 29 años."},
    {
        "code": "correo",
        "question": "has_email",
        "equals": True,
        "sentence": "Tener una cuenta de correo.",
        "unmet": "help",
        "help": "Te ayudamos a crear una en el centro.",
    },
]
FORM: dict[str, Any] = {
    "code": "beca",
    "title": "Beca",
    "page": [
        {
            "code": "tu",
            "title": "Sobre ti",
            "question": [
                {"code": "has_email", "type": "yes_no", "label": "¿Tienes correo electrónico?"},
                {"code": "why", "type": "long_text", "label": "¿Por qué quieres estudiar?", "required": False},
            ],
        }
    ],
}
# A call that is open today, whenever that is, and a woman of twenty-one.
OPENS = clock.now().replace(microsecond=0) - timedelta(days=10)
CLOSES = OPENS + timedelta(days=40)
BORN = (OPENS - timedelta(days=21 * 365.25 + 100)).date()
READY: dict[str, Any] = {"has_email": True}
HOURS = 48
TERMS: dict[str, Any] = {
    "source": "El primer premio de la Lotería Nacional del 5 de agosto de 2026",
    "hours": HOURS,
    "groups": [{"code": "correo", "name": "Con correo", "question": "has_email", "one_of": [True], "seats": 1}],
}


def a_programme(code: str = "mujeres-online", *, regions: int = 2) -> Programme:
    """With a track `alfabetizacion`, an edition `2026` and regions `el-alto`, `oruro`, …"""
    programme = Programme.objects.create(
        code=code, name="Mujeres Online", summary="Aprende.", languages=["es"], adult_from=18, participants="women"
    )
    track = Track.objects.create(programme=programme, code="alfabetizacion", name="Alfabetización", summary="Empieza.")
    edition = Edition.objects.create(
        programme=programme, code="2026", name="2026", starts_on=date(2026, 1, 1), ends_on=date(2099, 1, 1)
    )
    edition.tracks.add(track)
    names = ["el-alto", "oruro", "potosi", "beni"][:regions]
    for position, name in enumerate(names):
        region = Region.objects.create(programme=programme, code=name, name=name.title(), iso="BO-L", position=position)
        edition.regions.add(region)
    return programme


def a_call(programme: Programme | None = None, code: str = "beca-2026", **changes: Any) -> Call:
    """A published call for scholarships with the rules above, open, unlimited."""
    programme = programme or Programme.objects.first() or a_programme()
    edition = programme.editions.get()
    form, _made = Form.objects.get_or_create(
        programme=programme.code, code="beca", defaults={"title": "Beca", "definition": FORM}
    )
    call = Call.objects.create(
        **{
            "programme": programme, "edition": edition, "track": programme.tracks.get(code="alfabetizacion"),
            "form": form, "code": code,
            "name": "Becas 2026", "summary": "Una beca.", "admission": "selected", "time_zone": "America/La_Paz",
            "opens_at": OPENS, "closes_at": CLOSES, "rules": RULES, "published_at": OPENS,
        }
        | changes
    )  # fmt: skip
    call.regions.set(edition.regions.all())
    return call


def an_open_call(programme: Programme | None = None, code: str = "abierta", **changes: Any) -> Call:
    """A published call to which one signs up, with no rules."""
    return a_call(programme, code, **({"admission": "open", "form": None, "rules": []} | changes))


def with_seats(call: Call, total: int | None = None, **by_region: int) -> Call:
    """Limit the seats: in total, and of regions (`el_alto=2`)."""
    if total is not None:
        SeatPool.objects.create(call=call, seats=total)
    for name, seats in by_region.items():
        SeatPool.objects.create(call=call, region=region_of(call, name.replace("_", "-")), seats=seats)
    return call


def a_draw_call(total: int | None = 3, code: str = "beca-2026", **by_region: int) -> Call:
    """Published before it opens, with its draw announced; no conditions."""
    call = a_call(code=code, admission="draw", draw_terms=TERMS, rules=[], published_at=None)
    with_seats(call, total, **by_region)
    Call.objects.filter(pk=call.pk).update(seats=total)
    with travel(OPENS - timedelta(days=1)):
        return publish_call(call=call, by=None)


def region_of(call: Call, code: str = "el-alto") -> Region:
    return Region.objects.get(programme=call.programme, code=code)


def a_person(n: int = 1, **changes: Any) -> Person:
    """Juana n, an adult."""
    details: dict[str, Any] = {"given_name": f"Juana {n}", "family_name": "Quispe", "birth_date": BORN}
    return register_person(**(details | {"email": f"juana{n}@ejemplo.bo"} | changes))


def a_minor(n: int = 1) -> Person:
    """Seventeen years old today."""
    return a_person(n, birth_date=clock.now().date() - timedelta(days=17 * 366))


def an_application(call: Call, n: int = 1, region: str = "el-alto", **changes: Any) -> Application:
    """A row in state submitted, without going through the action."""
    return Application.objects.create(
        **{
            "call": call, "person": changes.get("person") or a_person(n), "region": region_of(call, region),
            "state": "submitted", "submitted_at": OPENS + timedelta(days=n),
        }
        | changes
    )  # fmt: skip

"""Two centres that do not exist, for a demonstration: with hours, equipment, vouchers and visits."""

from collections.abc import Iterator
from datetime import time, timedelta
from decimal import Decimal
from typing import Final

from trenza.apps.people import api as people
from trenza.apps.places import api as places
from trenza.apps.programmes import api as programmes
from trenza.core import clock

ZONE: Final = "America/La_Paz"
CENTRES: Final = (
    places.CentreDetails(
        code="demo-el-alto", name="Centro El Alto", country="BO", organisation="pro-mujer", region="el-alto",
        municipality="El Alto", address="Una calle de la Ceja (dirección inventada)", latitude=Decimal("-16.5046"),
        longitude=Decimal("-68.1629"), time_zone=ZONE, wifi_name="Centro El Alto",
    ),
    places.CentreDetails(
        code="demo-oruro", name="Centro Oruro", country="BO", organisation="pro-mujer", region="oruro",
        municipality="Oruro", address="Una calle del centro (dirección inventada)", latitude=Decimal("-17.9667"),
        longitude=Decimal("-67.1167"), time_zone=ZONE, wifi_name="Centro Oruro",
    ),
)  # fmt: skip
WEEK: Final = tuple(
    places.Hours(weekday, opens, closes)
    for weekday in range(5)
    for opens, closes in ((time(9), time(12, 30)), (time(14, 30), time(19)))
)
THINGS: Final = (
    ("TAB-01", "tablet", "Tableta de 10 pulgadas"), ("TAB-02", "tablet", "Tableta de 10 pulgadas"),
    ("PC-01", "laptop", "Portátil del aula"), ("PROY-01", "projector", ""), ("WIFI-01", "router", ""),
)  # fmt: skip
VOUCHERS: Final = 40


def open_samples(trainer: people.Person | None) -> Iterator[str]:
    """Open them, once; the trainer keeps the first. Where it has learners, one of them has borrowed a tablet. A line
    for each."""
    for number, details in enumerate(CENTRES):
        if places.Centre.objects.filter(code=details.code).exists():
            continue
        centre = places.open_centre(details=details, by=None)
        _furnish(centre)
        if trainer and number == 0:
            people.grant_role(person=trainer, role="trainer", scope_kind="centre", scope=centre.pk, by=None)
        yield f"{centre.name}: a centre that does not exist, with {len(THINGS)} things and {VOUCHERS} vouchers."


def _furnish(centre: places.Centre) -> None:
    places.set_opening_hours(centre=centre, hours=WEEK, by=None)
    things = [
        places.add_equipment(centre=centre, code=code, kind=kind, label=label, by=None) for code, kind, label in THINGS
    ]
    codes = [f"{centre.region[:2].upper()}-{10_007 * number % 89_989 + 10_000}" for number in range(1, VOUCHERS + 1)]
    places.import_vouchers(centre=centre, lines=codes, minutes=60, by=None)
    today = clock.today(centre.time_zone)
    for ago, (purpose, count) in enumerate((("class", 12), ("practice", 5), ("wifi", 8), ("help", 3))):
        places.note_visits(centre=centre, count=count, day=today - timedelta(days=ago), purpose=purpose, by=None)
    learner = _learner_of(centre)
    if learner:
        places.note_visit(centre=centre, person=learner, day=today, purpose="practice", by=None)
        due_on = today + timedelta(days=7)
        places.lend_equipment(equipment=things[0], person=learner, due_on=due_on, note="Con funda y cargador", by=None)


def _learner_of(centre: places.Centre) -> people.Person | None:
    """Somebody who does not exist and learns in the centre's region."""
    there = programmes.Enrolment.objects.filter(
        region__code=centre.region, region__iso__startswith=centre.country, person__synthetic=True,
        edition__demonstration=True, state=programmes.Enrolment.State.ACTIVE,
    ).select_related("person")  # fmt: skip
    enrolment = there.order_by("enrolled_at", "id").first()
    return enrolment.person if enrolment else None

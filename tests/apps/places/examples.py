"""A centre in El Alto and who comes there."""

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from trenza.apps.people.api import Person, grant_role, register_person
from trenza.apps.places.api import (
    Centre,
    CentreDetails,
    Equipment,
    Loan,
    VoucherBatch,
    add_equipment,
    import_vouchers,
    lend_equipment,
    open_centre,
)
from trenza.apps.sync import api as sync
from trenza.core import clock, ids

ZONE = "America/La_Paz"
_numbers = count(1)


def details(code: str = "el-alto", **changes: Any) -> CentreDetails:
    """What is said of a centre."""
    given = {
        "code": code, "name": "Centro El Alto", "country": "BO", "region": "el-alto", "organisation": "casa",
        "municipality": "El Alto", "address": "Av. Cívica 12", "time_zone": ZONE,
    }  # fmt: skip
    return CentreDetails(**given | changes)


def a_centre(code: str = "el-alto", **changes: Any) -> Centre:
    return open_centre(details=details(code, **changes), by=None)


def a_person(name: str = "Juana", **more: Any) -> Person:
    return register_person(
        given_name=name, family_name="Quispe", email=f"woman{next(_numbers)}@example.test", by=None, **more
    )


def a_trainer(scope_kind: str = "all", scope: UUID | None = None, role: str = "trainer") -> Person:
    """Who keeps the centres of this scope."""
    person = a_person("Marta")
    grant_role(person=person, role=role, scope_kind=scope_kind, scope=scope, by=None)
    return person


def a_thing(centre: Centre, code: str = "T-1", kind: str = "tablet") -> Equipment:
    return add_equipment(centre=centre, code=code, kind=kind, by=None)


def today() -> date:
    """Where the centre is."""
    return clock.today(ZONE)


def a_loan(thing: Equipment, person: Person | None = None, *, days: int = 7) -> Loan:
    return lend_equipment(equipment=thing, person=person or a_person(), due_on=today() + timedelta(days=days), by=None)


def vouchers(centre: Centre, *codes: str, minutes: int = 60) -> VoucherBatch:
    return import_vouchers(centre=centre, lines=codes, minutes=minutes, by=None).batch


def a_hub(centre: Centre) -> sync.Hub:
    """A hub that is paired for this centre."""
    code = sync.open_pairing(centre=centre.pk, name="Hub 1", by=None).code
    return sync.pair(code=code, device=ids.new_id(), recipient=str(sync.own_identity().to_public())).hub

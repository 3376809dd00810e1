from datetime import time
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.apps.places.examples import a_centre, a_loan, a_person, a_thing, a_trainer, details
from tests.apps.programmes.examples import a_programme
from tests.journal import journal
from trenza.apps.places.actions import (
    Hours,
    change_centre,
    close_centre,
    open_centre,
    reopen_centre,
    return_equipment,
    set_opening_hours,
)
from trenza.apps.places.errors import (
    Closed,
    CodeTaken,
    HoursBackwards,
    HoursOverlap,
    NotClosed,
    NotOnEarth,
    NotWritten,
    OutOfReach,
    StillLent,
    TooMany,
    UnknownTimeZone,
)
from trenza.apps.places.models import Centre, OpeningHours
from trenza.core import journal as core_journal
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def entries() -> list[tuple[str, dict[str, object]]]:
    """Those of places, without who."""
    return [(kind.split(".")[1], data) for kind, _about, _by, data in journal() if kind.startswith("places.")]


def test_open_centre_keeps_what_was_said_and_records_its_id_alone():
    centre = a_centre(latitude=Decimal("-16.5"), longitude=Decimal("-68.15"))

    assert (centre.name, centre.country, centre.latitude) == ("Centro El Alto", "BO", Decimal("-16.5"))
    assert centre.search_text == "centro el alto el-alto el alto av. civica 12"
    assert entries() == [("centre_opened", {"centre": str(centre.pk)})]
    assert core_journal.check() == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": " "}, NotWritten),
        ({"name": "x" * 121}, NotWritten),
        ({"code": "El Alto"}, NotWritten),
        ({"code": ""}, NotWritten),
        ({"country": "bolivia"}, NotWritten),
        ({"time_zone": "America/El_Alto"}, UnknownTimeZone),
        ({"time_zone": "../etc/passwd"}, UnknownTimeZone),
        ({"latitude": Decimal("-16.5")}, NotOnEarth),
        ({"latitude": Decimal("-91"), "longitude": Decimal("0")}, NotOnEarth),
        ({"latitude": Decimal("0"), "longitude": Decimal("180.1")}, NotOnEarth),
        ({"latitude": Decimal("NaN"), "longitude": Decimal("0")}, NotOnEarth),
    ],
)
def test_open_centre_that_cannot_be_is_refused(changes, error):
    with pytest.raises(error):
        a_centre(**changes)

    assert (list(Centre.objects.all()), entries()) == ([], [])


def test_open_centre_with_a_code_that_is_taken_is_refused_also_after_closing():
    close_centre(centre=a_centre(), by=None)

    with pytest.raises(CodeTaken):
        a_centre()


def test_a_coordinator_opens_centres_within_her_scope_alone():
    programme = a_programme()
    coordinator = a_trainer("region", programme.regions.get(code="norte").pk, role="coordinator")

    centre = open_centre(details=details(region="norte", organisation=""), by=coordinator)
    for elsewhere in ({"region": "sur"}, {"region": ""}, {"region": "norte", "country": "CL"}):
        with pytest.raises(OutOfReach):
            open_centre(details=details("otro", organisation="", **elsewhere), by=coordinator)

    assert list(Centre.objects.all()) == [centre]


def test_change_centre_names_what_is_other_and_stays_within_her_scope():
    centre = a_centre()
    keeper = a_trainer("centre", centre.pk)

    change_centre(centre=centre, details=details(name="Centro Nuevo", wifi_name="Casa"), by=keeper)
    change_centre(centre=centre, details=details(name="Centro Nuevo", wifi_name="Casa"), by=keeper)

    centre.refresh_from_db()
    assert (centre.name, centre.search_text[:12]) == ("Centro Nuevo", "centro nuevo")
    assert entries()[1:] == [("centre_changed", {"centre": str(centre.pk), "fields": ["name", "wifi_name"]})]


def test_change_centre_out_of_her_scope_is_refused():
    programme = a_programme()
    centre = a_centre(region="norte", organisation="")
    keeper = a_trainer("region", programme.regions.get(code="norte").pk)

    with pytest.raises(OutOfReach):
        change_centre(centre=centre, details=details(region="sur", organisation=""), by=keeper)

    centre.refresh_from_db()
    assert centre.region == "norte"


def test_who_does_not_keep_the_centre_changes_nothing():
    centre, other = a_centre(), a_centre("otro")
    nobody, auditor, elsewhere = a_person(), a_trainer(role="auditor"), a_trainer("centre", other.pk)

    for by in (nobody, auditor, elsewhere):
        with pytest.raises(NotAllowed):
            change_centre(centre=centre, details=details(name="Mío"), by=by)
        with pytest.raises(NotAllowed):
            set_opening_hours(centre=centre, hours=[], by=by)
        with pytest.raises(NotAllowed):
            close_centre(centre=centre, by=by)

    assert len(entries()) == 2


MORNING = Hours(0, time(9), time(12))
AFTERNOON = Hours(0, time(12), time(18, 30))


def test_set_opening_hours_replaces_all_and_the_same_again_is_nothing():
    centre = a_centre()

    set_opening_hours(centre=centre, hours=[AFTERNOON, MORNING], by=None)
    set_opening_hours(centre=centre, hours=[MORNING, AFTERNOON], by=None)
    hours = set_opening_hours(centre=centre, hours=[MORNING], by=None)

    assert list(map(str, hours)) == ["0 09:00-12:00"]
    assert [data["hours"] for kind, data in entries() if kind == "opening_hours_set"] == [2, 1]


@pytest.mark.parametrize(
    ("hours", "error"),
    [
        ([MORNING, Hours(0, time(11, 59), time(13))], HoursOverlap),
        ([MORNING, MORNING], HoursOverlap),
        ([Hours(0, time(12), time(12))], HoursBackwards),
        ([Hours(7, time(9), time(12))], HoursBackwards),
        ([Hours(1, time(hour), time(hour, 30)) for hour in range(9, 14)], TooMany),
    ],
)
def test_set_opening_hours_that_cannot_be_is_refused(hours, error):
    centre = a_centre()
    set_opening_hours(centre=centre, hours=[MORNING], by=None)

    with pytest.raises(error):
        set_opening_hours(centre=centre, hours=hours, by=None)

    assert list(centre.hours.values_list("weekday", "opens", "closes")) == [MORNING]


def test_close_centre_and_open_it_again():
    centre, keeper = a_centre(), a_trainer()
    loan = a_loan(a_thing(centre))
    with pytest.raises(StillLent) as refused:
        close_centre(centre=centre, by=keeper)
    return_equipment(loan=loan, by=keeper)

    closed = close_centre(centre=centre, by=keeper)
    assert (closed.is_open, closed.closed_by) == (False, keeper)
    for again in (
        lambda: close_centre(centre=centre, by=keeper),
        lambda: set_opening_hours(centre=centre, hours=[MORNING], by=keeper),
    ):
        with pytest.raises(Closed):
            again()
    assert reopen_centre(centre=centre, by=keeper).is_open
    with pytest.raises(NotClosed):
        reopen_centre(centre=centre, by=keeper)

    assert refused.value.count == 1
    assert core_journal.check() == []


def test_the_database_refuses_what_no_action_would_write():
    centre, ana = a_centre(), a_person()
    for broken in (
        lambda: Centre.objects.filter(pk=centre.pk).update(closed_by=ana),
        lambda: Centre.objects.filter(pk=centre.pk).update(latitude=Decimal(10)),
        lambda: Centre.objects.filter(pk=centre.pk).update(name=""),
        lambda: OpeningHours.objects.create(centre=centre, weekday=0, opens=time(12), closes=time(9)),
        lambda: OpeningHours.objects.create(centre=centre, weekday=7, opens=time(9), closes=time(12)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.apps.programmes.examples import a_person
from tests.core.definition.examples import GOOD, changed, read
from trenza.apps.programmes.api import (
    Completion,
    DefinitionVersion,
    Edition,
    Enrolment,
    Module,
    Programme,
    Region,
    Track,
    enrol,
    export_definition,
    latest_version,
    load_definition,
    meet_requirement,
    withdraw_enrolment,
)
from trenza.core import clock
from trenza.core.ids import named_id
from trenza.core.journal import check, everything

pytestmark = pytest.mark.django_db

DEMO = changed(
    ("starts_on = 2026-01-01\nends_on = 2026-12-31", "starts_day = -30\nends_day = 150"),
    ('name = "2026"\n', 'name = "2026"\ndemonstration = true\n'),
)
MORE = """
[[follows]]
code = "beca"
after = "basico"
gives = "scholarship"
name = "Beca"

[[activity]]
code = "mentoria"
kind = "mentoring"
name = "Mentoría"
summary = "Alguien que te acompaña."
"""


def kinds() -> list[str]:
    return [line.kind for line in everything() if line.kind.startswith("programmes.definition")]


def test_load_definition_makes_rows_named_by_their_codes():
    programme = load_definition(definition=read(GOOD + MORE))

    assert programme.pk == named_id("prueba", "programme")
    assert programme.organisations.get().roles == ["organiser"]
    region, track, edition = programme.regions.get(), programme.tracks.get(), programme.editions.get()
    assert (region.pk, region.iso, region.country) == (named_id("prueba", "region", "el-alto"), "BO-L", "BO")
    assert [(each.code, each.course, each.confirmed_by) for each in track.modules.all()] == [
        ("uno", "uno", ""),
        ("dos", "", "trainer"),
    ]
    assert track.modules.all()[0].pk == named_id("prueba", "module", "basico", "uno")
    assert (edition.starts_on, edition.ends_on, edition.demonstration) == (date(2026, 1, 1), date(2026, 12, 31), False)
    assert (list(edition.tracks.all()), list(edition.regions.all())) == ([track], [region])
    assert (programme.follow_ons.get().after, programme.activities.get().kind) == (track, "mentoring")
    assert kinds() == ["programmes.definition_loaded.v1"]
    assert check() == []


def test_load_definition_again_changes_nothing():
    programme = load_definition(definition=read(GOOD + MORE))
    load_definition(definition=read("# a comment\n" + GOOD + MORE))

    assert (Programme.objects.count(), Track.objects.count(), Module.objects.count()) == (1, 1, 2)
    assert [version.number for version in programme.versions.all()] == [1]
    assert kinds() == ["programmes.definition_loaded.v1"]


def test_change_makes_a_new_version_and_going_back_another():
    for source in (GOOD, changed(('name = "Básico"', 'name = "Primero"')), GOOD):
        programme = load_definition(definition=read(source))

    first, second, third = programme.versions.all()
    assert (first.source, third.source) == (GOOD, GOOD)
    assert first.digest == third.digest != second.digest
    assert programme.tracks.get().name == "Básico"


def test_relative_days_count_from_the_day_of_loading():
    first = load_definition(definition=read(DEMO), today=date(2026, 11, 22))
    assert (first.editions.get().starts_on, first.editions.get().ends_on) == (date(2026, 10, 23), date(2027, 4, 21))

    later = load_definition(definition=read(DEMO), today=date(2026, 12, 1))

    assert later.editions.get().starts_on == date(2026, 11, 1)
    assert DefinitionVersion.objects.count() == 1


def test_what_is_no_longer_named_is_retired_and_told_and_may_come_back():
    load_definition(definition=read(GOOD + MORE))
    edition, track, region = Edition.objects.get(), Track.objects.get(), Region.objects.get()
    enrol(person=a_person(), edition=edition, track=track, region=region, by=None)
    other = changed(
        ('code = "el-alto"', 'code = "la-paz"'), ('"el-alto"', '"la-paz"'), ('code = "2026"', 'code = "2027"')
    )
    now = datetime(2026, 5, 4, tzinfo=UTC)

    with clock.travel(now):
        programme = load_definition(definition=read(other))

    assert set(Region.objects.values_list("code", "retired_at")) == {("el-alto", now), ("la-paz", None)}
    assert Enrolment.objects.get().region == region
    version = latest_version(programme)
    assert version is not None
    assert version.notes == [
        f"The {what} is no longer in the definition: it was retired, nothing was deleted."
        for what in ('region "el-alto"', 'edition "2026"', 'followon "beca"', 'activity "mentoria"')
    ]
    load_definition(definition=read(GOOD))
    assert Region.objects.get(code="el-alto").retired_at is None
    assert Region.objects.get(code="la-paz").retired_at is not None


def test_module_that_is_retired_keeps_what_was_met():
    load_definition(definition=read(GOOD))
    one = changed(
        (
            '[[track.module]]\ncode = "dos"\nname = "Dos"\nrequirement = { kind = "confirmed", by = "trainer" }\n\n',
            "",
        )
    )
    load_definition(definition=read(one))

    assert [module.code for module in Track.objects.get().modules.current()] == ["uno"]
    assert Module.objects.count() == 2


def test_definition_that_asks_less_completes_who_has_done_enough():
    load_definition(definition=read(GOOD))
    edition, track = Edition.objects.get(), Track.objects.get()
    done, begun = (enrol(person=a_person(), edition=edition, track=track, by=None) for _ in range(2))
    gone = enrol(person=a_person(), edition=edition, track=track, by=None)
    for enrolment in (done, gone):
        meet_requirement(enrolment=enrolment, module=track.modules.get(code="uno"))
    withdraw_enrolment(enrolment=gone, by=None)

    load_definition(definition=read(changed(('summary = "Lo primero."\n', 'summary = "…"\ncompletion = 1\n'))))

    assert [completion.enrolment for completion in Completion.objects.all()] == [done]
    load_definition(definition=read(GOOD))
    assert set(Enrolment.objects.values_list("pk", "state")) == {
        (done.pk, "completed"),
        (begun.pk, "active"),
        (gone.pk, "withdrawn"),
    }
    assert check() == []


@pytest.mark.django_db(transaction=True)
def test_load_definition_at_once_makes_one_version():
    definition = read(GOOD + MORE)
    barrier = threading.Barrier(4)

    def load(_: int) -> None:
        try:
            barrier.wait()
            load_definition(definition=definition)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(load, range(4)))

    assert (Programme.objects.count(), DefinitionVersion.objects.count(), Module.objects.count()) == (1, 1, 2)
    assert check() == []


def test_modules_open_after_those_they_name():
    source = changed(('name = "Uno"\n', 'name = "Uno"\nafter = ["dos"]\n'))
    load_definition(definition=read(source))
    assert [module.code for module in Module.objects.get(code="uno").opens_after.all()] == ["dos"]

    load_definition(definition=read(GOOD))
    assert list(Module.objects.get(code="uno").opens_after.all()) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(st.lists(st.sampled_from([GOOD, DEMO, GOOD + MORE]), min_size=1, max_size=4))
def test_export_of_what_was_exported_and_loaded_is_the_same_bytes(sources):
    for source in sources:
        programme = load_definition(definition=read(source), today=date(2026, 1, 1) + timedelta(days=len(sources)))

    exported = export_definition(programme)
    again = load_definition(definition=read(exported))

    assert exported == sources[-1]
    assert export_definition(again) == exported

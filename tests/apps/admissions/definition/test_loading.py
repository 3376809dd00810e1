from datetime import UTC, date, datetime

import pytest

from tests.apps.admissions.definition.examples import WITH_A_DRAW, WITH_CALLS, read
from tests.apps.admissions.examples import READY, a_person, region_of
from tests.core.definition.examples import changed
from tests.journal import journal
from trenza.apps.admissions.actions.applications import submit_application
from trenza.apps.admissions.actions.awards import award_application
from trenza.apps.admissions.actions.calls import publish_call
from trenza.apps.admissions.definition.loading import closes, opens
from trenza.apps.admissions.definition.sections import CallSection
from trenza.apps.admissions.errors import DrawStands, SeatsTaken
from trenza.apps.admissions.models import Award, Call, Draw, SeatPool
from trenza.apps.programmes.api import latest_version, load_definition
from trenza.core.clock import travel

TODAY = date(2026, 11, 22)
JULY = datetime(2026, 7, 15, 12, tzinfo=UTC)


def load(source: str = WITH_CALLS, today: date = TODAY) -> dict[str, Call]:
    programme = load_definition(definition=read(source), today=today)
    return {call.code: call for call in programme.calls.all()}


def pools(call: Call) -> dict[str, tuple[int, int]]:
    rows = call.pools.select_related("region").order_by("seats")
    return {pool.region.code if pool.region else "": (pool.seats, pool.taken) for pool in rows}


def awarded(call: Call, n: int = 1, region: str = "el-alto") -> Award:
    with travel(JULY):
        publish_call(call=call, by=None)
        person = a_person(n, birth_date=date(2000, 1, 1))
        application = submit_application(
            call=call, person=person, region=region_of(call, region), answers=READY | {"device": "phone"}, by=person
        )
        return award_application(application=application, by=None)


@pytest.mark.django_db
def test_loading_makes_calls_in_their_own_time_zone():
    calls = load()

    call = calls["becas"]
    assert (call.opens_at, call.closes_at) == (
        datetime(2026, 7, 1, 4, tzinfo=UTC),
        datetime(2026, 8, 1, 3, 59, 59, tzinfo=UTC),
    )
    assert [rule.code for rule in call.eligibility] == ["edad", "correo"]
    assert call.form is not None
    assert [question.code for question in call.form.questionnaire.questions] == ["has_email", "device"]
    assert pools(call) == {"oruro": (40, 0), "el-alto": (60, 0), "": (100, 0)}
    assert (call.published_at, call.is_open_at(JULY)) == (None, False)
    assert list(call.regions.values_list("code", flat=True)) == ["el-alto", "oruro"]


@pytest.mark.django_db
def test_calls_of_a_demonstration_follow_the_day_of_loading():
    call = load()["abierta"]
    assert (call.opens_at, call.closes_at) == (
        datetime(2026, 11, 2, 4, tzinfo=UTC),
        datetime(2027, 1, 22, 3, 59, 59, tzinfo=UTC),
    )

    again = load(today=date(2026, 12, 22))["abierta"]

    assert (again.pk, again.opens_at) == (call.pk, datetime(2026, 12, 2, 4, tzinfo=UTC))


@pytest.mark.django_db
def test_loading_again_keeps_what_is_published_and_taken():
    awarded(load()["becas"])

    call = load()["becas"]

    assert call.published_at is not None
    assert pools(call) == {"oruro": (40, 0), "el-alto": (60, 1), "": (100, 1)}


@pytest.mark.django_db
def test_fewer_seats_than_are_taken_are_refused_and_nothing_is_loaded():
    call = load()["becas"]
    awarded(call, 1)
    awarded(call, 2)

    with pytest.raises(SeatsTaken) as refused:
        load(changed(("seats = 60", "seats = 1"), ('name = "Becas"', 'name = "Otras"'), source=WITH_CALLS))

    assert refused.value.pools == [("becas", "el-alto")]
    assert Call.objects.get(code="becas").name == "Becas"
    assert pools(call)["el-alto"] == (60, 2)


@pytest.mark.django_db
def test_a_limit_that_comes_later_counts_what_was_given_before():
    unlimited = changed(('\n[[call.quota]]\nregion = "el-alto"\nseats = 60\n', ""), source=WITH_CALLS)
    awarded(load(unlimited)["becas"])

    assert pools(load()["becas"]) == {"oruro": (40, 0), "el-alto": (60, 1), "": (100, 1)}


@pytest.mark.django_db
def test_a_limit_that_goes_goes_with_its_pool():
    load()

    call = load(changed(("seats = 100\n", ""), source=WITH_CALLS))["becas"]

    assert pools(call) == {"oruro": (40, 0), "el-alto": (60, 0)}
    assert SeatPool.objects.count() == 2


@pytest.mark.django_db
def test_a_call_that_is_named_no_more_is_retired_and_may_come_back():
    load()
    source = WITH_CALLS[: WITH_CALLS.index('[[call]]\ncode = "abierta"')]

    call = load(source)["abierta"]
    assert call.retired_at is not None
    version = latest_version(call.programme)
    assert version is not None
    assert version.notes == ['The call "abierta" is no longer in the definition: it was retired, nothing was deleted.']
    assert load()["abierta"].retired_at is None


@pytest.mark.parametrize(
    ("zone", "day", "first", "last"),
    [
        # Mexico's north moves its clocks back on 1 November 2026 at two: that hour comes twice.
        ("America/Ojinaga", 1, datetime(2026, 11, 1, 5, tzinfo=UTC), datetime(2026, 11, 2, 5, 59, 59, tzinfo=UTC)),
        ("America/La_Paz", 1, datetime(2026, 11, 1, 4, tzinfo=UTC), datetime(2026, 11, 2, 3, 59, 59, tzinfo=UTC)),
    ],
)
def test_days_begin_and_end_where_the_call_is(zone: str, day: int, first: datetime, last: datetime):
    section = CallSection(
        code="c", name="C", edition="e", track="t", admission="open", time_zone=zone, opens_day=0, closes_day=0
    )

    today = date(2026, 11, day)
    assert (opens(section, today), closes(section, today)) == (first, last)


BEFORE = datetime(2026, 6, 1, 12, tzinfo=UTC)
RULE = '{"seats":100,"regions":{"el-alto":60,"oruro":40},"groups":[["celular",30]]}'
CHANGES = [
    ("seats = 30", "seats = 20"),
    ('one_of = ["phone"]', 'one_of = ["computer"]'),
    ("5 de agosto", "6 de agosto"),
    ("offline_hours = 48", "offline_hours = 1"),
    ("seats = 60", "seats = 50"),
    ("seats = 100", "seats = 101"),
]


def announced() -> Draw:
    with travel(BEFORE):
        publish_call(call=load(WITH_A_DRAW)["becas"], by=None)
        return Draw.objects.get()


@pytest.mark.django_db
def test_a_draw_is_announced_as_the_definition_says():
    draw = announced()

    assert draw.rule == RULE
    assert draw.terms == {
        "source": "Lotería Nacional del 5 de agosto",
        "hours": 48,
        "groups": [
            {"code": "celular", "name": "Solo con celular", "question": "device", "one_of": ["phone"], "seats": 30}
        ],
    }


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_rule_of_a_draw_may_change_before_its_call_opens_and_is_announced_anew(change: tuple[str, str]):
    draw = announced()
    told = (draw.rule, draw.terms)

    with travel(BEFORE):
        load(changed(change, source=WITH_A_DRAW))

    draw.refresh_from_db()
    assert (draw.rule, draw.terms) != told
    assert [entry[0] for entry in journal()].count("admissions.draw_announced.v1") == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        *CHANGES,
        (
            'admission = "draw"\nseed_source = "Lotería Nacional del 5 de agosto"\noffline_hours = 48\n',
            'admission = "selected"\n',
        ),
    ],
)
def test_rule_of_a_draw_stands_once_its_call_has_opened(change: tuple[str, str]):
    draw = announced()
    source = changed(change, source=WITH_A_DRAW)
    if "selected" in change[1]:
        source = source[: source.index("[[call.reserve]]")] + source[source.index('[[call]]\ncode = "abierta"') :]

    with travel(JULY), pytest.raises(DrawStands):
        load(source)

    assert Draw.objects.get().terms == draw.terms
    assert Call.objects.get(code="becas").draw_terms == draw.terms


@pytest.mark.django_db
def test_loading_the_same_draw_again_changes_nothing():
    announced()

    with travel(JULY):
        load(changed(('name = "Becas"', 'name = "Becas otra vez"'), source=WITH_A_DRAW))

    assert Call.objects.get(code="becas").name == "Becas otra vez"
    assert [entry[0] for entry in journal()].count("admissions.draw_announced.v1") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("opened", [False, True])
def test_published_call_becomes_a_draw_only_before_it_opens(opened: bool):
    with travel(BEFORE):
        publish_call(call=load()["becas"], by=None)

    with travel(JULY if opened else BEFORE):
        if opened:
            with pytest.raises(DrawStands):
                load(WITH_A_DRAW)
        else:
            load(WITH_A_DRAW)

    assert [draw.rule for draw in Draw.objects.all()] == ([] if opened else [RULE])

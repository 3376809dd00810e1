"""A minor names an adult, that adult answers by a link, the team checks: every step, and what refuses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.journal import journal
from trenza.apps.people.api import (
    AlreadyGuarded,
    Guardianship,
    LinkNotValid,
    NoContact,
    NotNow,
    OwnContact,
    Person,
    TooManyLinks,
    answer_as_guardian,
    check_guardian,
    guardianship_of,
    has_guardian,
    link_of,
    name_guardian,
    new_guardian_link,
    refuse_guardian,
    register_person,
    waits_for_answer,
    withdraw_guardian,
)
from trenza.core.clock import travel
from trenza.core.errors import NotAllowed
from trenza.core.journal import check
from trenza.core.privacy import keepers

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with travel(NOON):
        yield


def dana(born: date = date(2010, 5, 1), **more: str) -> Person:
    """Sixteen years old."""
    return register_person(
        given_name="Dana", family_name="Ríos", email="dana@ejemplo.mx", birth_date=born, country="MX"
    )


def named(person: Person | None = None, **more: str) -> Guardianship:
    details = {"name": "Lucía  Vega ", "relation": "mother", "email": "Lucia@ejemplo.mx"} | more
    return name_guardian(person=person or dana(), **details, by=None)


def token(guardianship: Guardianship) -> str:
    return link_of(guardianship).rstrip("/").rpartition("/")[2]


def linked(person: Person | None = None) -> tuple[Guardianship, str]:
    guardianship = new_guardian_link(guardianship=named(person), by=None)
    return guardianship, token(guardianship)


def states(guardianship: Guardianship) -> list[str]:
    return list(guardianship.steps.values_list("state", flat=True))


def kinds() -> list[str]:
    return [kind.removeprefix("people.").removesuffix(".v1") for kind, *_ in journal()]


def test_name_guardian_keeps_who_she_is_and_records_no_word_of_it():
    person = dana()

    found = name_guardian(
        person=person, name=" Lucía  Vega ", relation="mother", email=" Lucia@Ejemplo.MX ", phone=" 55 1234 ", by=person
    )

    found.refresh_from_db()
    assert (found.name, found.relation, found.email, found.phone) == (
        "Lucía Vega", "mother", "lucia@ejemplo.mx", "55 1234",
    )  # fmt: skip
    assert (found.state, states(found), found.expires_on) == ("asked", ["asked"], None)
    assert journal()[-1] == (
        "people.guardian_asked.v1", person.pk, person.pk, {"guardianship": str(found.pk), "relation": "mother"},
    )  # fmt: skip
    assert check() == []


def test_name_guardian_refuses_what_cannot_be():
    person, other = dana(), register_person(given_name="Eva", family_name="")

    with pytest.raises(NoContact):
        named(person, email="", phone="  ")
    with pytest.raises(OwnContact):
        named(person, email="DANA@ejemplo.mx")
    with pytest.raises(NotAllowed):
        name_guardian(person=person, name="Eva", relation="other", phone="1", by=other)
    with pytest.raises(ValueError, match="aunt"):
        named(person, relation="aunt")
    assert guardianship_of(person) is None


def test_naming_another_replaces_who_was_not_checked_and_forgets_her_contact():
    person = dana()
    first = named(person)

    second = named(person, name="Rosa", relation="grandparent")

    first.refresh_from_db()
    assert (first.state, first.email, first.phone, states(first)) == ("replaced", "", "", ["asked", "replaced"])
    assert guardianship_of(person) == second
    assert kinds()[-2:] == ["guardian_replaced", "guardian_asked"]


def test_naming_the_same_adult_once_more_changes_nothing():
    person = dana()
    first = named(person)

    assert named(person) == first
    assert (states(first), kinds()[-1]) == (["asked"], "guardian_asked")
    assert named(person, phone="55") != first


def test_nobody_else_is_named_while_a_checked_guardian_stands():
    person = dana()
    guardianship = check_guardian(guardianship=named(person), how="in_person", by=None)

    with pytest.raises(AlreadyGuarded):
        named(person)
    with travel(NOON + timedelta(days=366)):  # it has expired: she may name the same or another
        again = named(person)

    assert (guardianship_of(person), again.state) == (again, "asked")
    guardianship.refresh_from_db()
    assert guardianship.state == "replaced"


@pytest.mark.parametrize(("agrees", "state"), [(True, "agreed"), (False, "refused")])
def test_answer_by_link_works_once(agrees: bool, state: str):
    guardianship, link = linked()

    answer_as_guardian(token=link, agrees=agrees, version=1)

    guardianship.refresh_from_db()
    assert (guardianship.state, bool(guardianship.email)) == (state, agrees)
    assert has_guardian(guardianship.person_id, NOON.date()) is False
    for again in (True, False):
        with pytest.raises(LinkNotValid):
            answer_as_guardian(token=link, agrees=again, version=1)
    assert states(guardianship) == ["asked", state]
    assert [by for _, _, by, _ in journal()] == [None] * 3


def test_only_the_newest_link_works_for_two_weeks():
    guardianship, old = linked()
    new = token(new_guardian_link(guardianship=guardianship, by=None))

    with pytest.raises(LinkNotValid):
        answer_as_guardian(token=old, agrees=True, version=1)
    assert (waits_for_answer(old), waits_for_answer(new)) == (None, guardianship)
    with travel(NOON + timedelta(days=14, seconds=1)), pytest.raises(LinkNotValid):
        answer_as_guardian(token=new, agrees=True, version=1)
    with travel(NOON + timedelta(days=14)):
        assert answer_as_guardian(token=new, agrees=True, version=1).state == "agreed"


@pytest.mark.parametrize("forged", ["", "x", "eyJnIjoiMCJ9:x", "ñ", "a:b:c", "0" * 500])
def test_a_forged_link_is_not_valid(forged: str):
    _, link = linked()

    for token in (forged, link[:-1], f"{link}x", link.swapcase()):
        with pytest.raises(LinkNotValid):
            answer_as_guardian(token=token, agrees=True, version=1)


def test_links_are_limited_and_need_an_address():
    guardianship = named()
    for _ in range(4):
        new_guardian_link(guardianship=guardianship, by=guardianship.person)

    with pytest.raises(TooManyLinks):
        new_guardian_link(guardianship=guardianship, by=None)
    guardianship.refresh_from_db()
    assert guardianship.links == 4
    with pytest.raises(NotNow):
        new_guardian_link(guardianship=named(guardianship.person, email="", phone="55"), by=None)


@pytest.mark.parametrize(
    ("born", "expires_on"),
    [
        (date(2010, 5, 1), date(2027, 11, 22)),  # a year
        (date(2008, 12, 1), date(2026, 12, 1)),  # until she comes of age
        (date(2008, 11, 23), date(2026, 11, 23)),
        (date(2008, 11, 22), date(2027, 11, 22)),  # of age where she lives; a programme may ask more
    ],
)
def test_check_guardian_counts_for_a_year_or_until_she_comes_of_age(born: date, expires_on: date):
    guardianship = check_guardian(guardianship=named(dana(born)), how="video_call", by=None)

    assert (guardianship.state, guardianship.expires_on) == ("checked", expires_on)
    person = guardianship.person_id
    assert [has_guardian(person, expires_on + timedelta(days=days)) for days in (-1, 0)] == [True, False]
    step = guardianship.steps.get(state="checked")
    assert (step.check_made, step.by) == ("video_call", None)
    assert journal()[-1][3] == {
        "expires_on": expires_on.isoformat(), "guardianship": str(guardianship.pk), "how": "video_call",
    }  # fmt: skip


def test_checking_again_counts_anew():
    guardianship = check_guardian(guardianship=named(), how="video_call", by=None)

    with travel(NOON + timedelta(days=100)):
        again = check_guardian(guardianship=guardianship, how="signed_paper", by=None)

    assert again.expires_on == date(2027, 11, 22) + timedelta(days=100)
    assert list(again.steps.values_list("state", "check_made")) == [
        ("asked", ""), ("checked", "video_call"), ("checked", "signed_paper"),
    ]  # fmt: skip


def test_withdraw_guardian_ends_it_at_once():
    guardianship = named()
    with pytest.raises(NotNow):
        withdraw_guardian(guardianship=guardianship, by=None)
    check_guardian(guardianship=guardianship, how="in_person", by=None)

    withdraw_guardian(guardianship=guardianship, by=None)

    guardianship.refresh_from_db()
    assert (guardianship.state, guardianship.email) == ("withdrawn", "")
    assert has_guardian(guardianship.person_id, NOON.date()) is False
    for refused in (check_guardian, refuse_guardian, withdraw_guardian):
        with pytest.raises(NotNow):
            refused(guardianship=guardianship, by=None, **({"how": "in_person"} if refused is check_guardian else {}))


def test_refuse_guardian_lets_her_name_another():
    person = dana()
    guardianship = refuse_guardian(guardianship=named(person), by=None)

    assert (guardianship.state, named(person).state) == ("refused", "asked")
    checked = check_guardian(guardianship=guardianship_of(person) or guardianship, how="in_person", by=None)
    with pytest.raises(NotNow):
        refuse_guardian(guardianship=checked, by=None)


def test_the_database_keeps_one_standing_guardian_and_no_contact_of_another():
    guardianship = named()

    for changes in ({"state": "refused"}, {"state": "checked"}, {"state": "absent"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Guardianship.objects.filter(pk=guardianship.pk).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Guardianship.objects.create(person=guardianship.person, name="X", relation="other", phone="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        guardianship.steps.update(check_made="in_person")


def test_her_data_hold_her_guardians_and_erasing_removes_them():
    person = dana()
    check_guardian(guardianship=named(person), how="school_letter", by=None)
    keeper = keepers()["people"]

    [told] = keeper.export(person.pk)["guardians"]
    assert (told["name"], told["email"], [step["how"] for step in told["steps"]]) == (
        "Lucía Vega", "lucia@ejemplo.mx", ["", "school_letter"],
    )  # fmt: skip
    assert keeper.erase is not None
    keeper.erase(person.pk)

    assert guardianship_of(person) is None
    assert check() == []

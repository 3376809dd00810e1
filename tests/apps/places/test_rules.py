"""Who sees and keeps which centre, and whom she may lend to there."""

import pytest

from tests.apps.places.examples import a_centre, a_loan, a_person, a_thing, a_trainer, today, vouchers
from tests.apps.programmes.examples import a_programme, an_enrolment
from trenza.apps.people.api import (
    Permission,
    Scope,
    grant_role,
    grantable,
    helped_with_phones,
    reach_of,
    read_person,
    readable_grants,
    withdrawable_grants,
)
from trenza.apps.places.api import (
    Centre,
    give_voucher,
    guests,
    keep_centre,
    kept_equipment,
    kept_loans,
    kept_visits,
    note_visit,
    read_centre,
    shown_vouchers,
    take_back_visit,
)
from trenza.apps.places.rules import CODE_SHOWN
from trenza.core import clock
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_centres_are_seen_from_their_region_organisation_and_programme():
    programme, other = a_programme(), a_programme("otro")
    by_region = a_centre("norte", region="norte", organisation="")
    by_organisation = a_centre("casa", region="", organisation="casa")
    abroad = a_centre("chile", region="norte", organisation="", country="CL")
    other.organisations.update(code="otra")
    other.regions.all().delete()
    scopes = {
        ("all", None): {by_region, by_organisation, abroad},
        ("programme", programme.pk): {by_region, by_organisation},
        ("organisation", programme.organisations.get().pk): {by_region, by_organisation},
        ("region", programme.regions.get(code="norte").pk): {by_region},
        ("region", programme.regions.get(code="sur").pk): set(),
        ("edition", programme.editions.get().pk): set(),
        ("programme", other.pk): set(),
        ("centre", abroad.pk): {abroad},
    }

    for (kind, scope), expected in scopes.items():
        trainer = a_trainer(kind, scope)
        assert set(read_centre.which(trainer)) == set(keep_centre.which(trainer)) == expected, kind


def test_a_region_of_the_same_code_elsewhere_holds_no_centre_of_another_programmes_organisation():
    programme, other = a_programme(), a_programme("otro")
    other.organisations.update(code="otra")
    casa, free = a_centre(region="norte", organisation="casa"), a_centre("libre", region="norte", organisation="")
    regions = [each.regions.get(code="norte").pk for each in (programme, other)]

    assert [set(read_centre.which(a_trainer("region", region))) for region in regions] == [{casa, free}, {free}]
    assert set(read_centre.which(a_trainer("programme", other.pk))) == {free}


def test_auditor_reads_and_keeps_nothing_and_others_do_neither():
    centre = a_centre()

    assert {
        role: (read_centre.allows(viewer, centre), keep_centre.allows(viewer, centre))
        for role, viewer in [(role, a_trainer(role=role)) for role in ("auditor", "mentor", "coordinator")]
    } == {"auditor": (True, False), "mentor": (False, False), "coordinator": (True, True)}
    assert (list(read_centre.which(None)), list(keep_centre.which(a_person()))) == ([], [])


def test_what_is_a_centres_own_is_kept_with_it():
    here, there = a_centre(), a_centre("otro")
    keeper, ana = a_trainer("centre", here.pk), a_person()
    for centre in (here, there):
        a_loan(a_thing(centre), ana)
        note_visit(centre=centre, person=ana, day=today(), purpose="wifi", by=None)

    assert [row.centre for row in kept_equipment.which(keeper)] == [here]
    assert [row.equipment.centre for row in kept_loans.which(keeper)] == [here]
    assert [row.centre for row in kept_visits.which(keeper)] == [here]
    assert not kept_equipment.which(None).exists()


def test_guests_are_who_is_enrolled_in_her_scope_and_who_came_to_her_centre():
    programme, centre = a_programme(), a_centre()
    enrolled, came, borrows, mistaken, stranger = (
        an_enrolment(programme, region="norte").person, a_person(), a_person(), a_person(), a_person(),
    )  # fmt: skip
    note_visit(centre=centre, person=came, day=today(), purpose="wifi", by=None)
    take_back_visit(visit=note_visit(centre=centre, person=mistaken, day=today(), purpose="wifi", by=None), by=None)
    a_loan(a_thing(centre), borrows)
    trainer = a_trainer("centre", centre.pk)
    assert set(guests.which(trainer)) == set(helped_with_phones.which(trainer)) == {came, borrows}
    grant_role(person=trainer, role="trainer", scope_kind="edition", scope=programme.editions.get().pk, by=None)

    assert set(guests.which(trainer)) == {enrolled, came, borrows}
    assert guests.allows(a_trainer(), stranger)


def test_who_came_to_a_centre_is_read_by_its_coordinator():
    programme, centre = a_programme(), a_centre(region="norte")
    came = a_person()
    note_visit(centre=centre, person=came, day=today(), purpose="class", by=None)

    for kind, scope in (
        ("centre", centre.pk),
        ("region", programme.regions.get(code="norte").pk),
        ("programme", programme.pk),
    ):
        assert set(read_person.which(a_trainer(kind, scope, role="coordinator"))) == {came}, kind
    sur = a_trainer("region", programme.regions.get(code="sur").pk, role="coordinator")
    assert set(read_person.which(sur)) == set()


def test_a_regional_coordinator_makes_trainers_of_centres_in_her_region_alone():
    programme = a_programme()
    here = a_centre("norte", region="norte", organisation="")
    there = a_centre("sur", region="sur", organisation="")
    coordinator = a_trainer("region", programme.regions.get(code="norte").pk, role="coordinator")
    ana = a_person("Ana")

    grant = grant_role(person=ana, role="trainer", scope_kind="centre", scope=here.pk, by=coordinator)
    with pytest.raises(NotAllowed):
        grant_role(person=ana, role="trainer", scope_kind="centre", scope=there.pk, by=coordinator)

    assert list(readable_grants.which(coordinator).filter(scope_kind="centre")) == [grant]
    assert withdrawable_grants.allows(coordinator, grant)
    assert not grantable(coordinator)["trainer"].covers(Scope("centre", there.pk))


def test_the_code_of_a_voucher_is_shown_to_who_gave_it_for_a_day():
    centre = a_centre()
    giver, other = a_trainer("centre", centre.pk), a_trainer()
    vouchers(centre, "A1", "A2")
    with clock.travel(clock.now() - CODE_SHOWN):
        give_voucher(centre=centre, by=giver)
    voucher = give_voucher(centre=centre, by=giver)

    assert list(shown_vouchers.which(giver)) == [voucher]
    assert not shown_vouchers.allows(other, voucher)
    assert list(shown_vouchers.which(None)) == []


@pytest.mark.parametrize("centres", [1, 3])
def test_reading_centres_takes_as_many_queries_however_many_there_are(centres, django_assert_num_queries):
    programme = a_programme()
    for n in range(centres):
        a_centre(f"centro-{n}", region="norte")
    trainer = a_trainer("programme", programme.pk)

    with django_assert_num_queries(4):  # grants, editions, regions, centres
        assert len(read_centre.which(trainer)) == centres


def test_a_reach_lists_the_centres_that_were_granted_alone():
    programme, centre = a_programme(), a_centre(region="norte")
    trainer = a_trainer("programme", programme.pk)

    reach = reach_of(trainer, Permission.PLACE_KEEP)

    assert (reach.ids("centre"), reach.covers(Scope("centre", centre.pk))) == (frozenset(), True)
    assert Centre.objects.count() == 1

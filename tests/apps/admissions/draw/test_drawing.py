"""What must hold for every draw."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.admissions.draw.examples import (
    GROUPS,
    SEED,
    by_trying_everything,
    drawn,
    draws,
    in_order,
    numbers,
    within_limits,
)
from trenza.apps.admissions.draw.drawing import Drawing, EntryNotValid, seed_problem
from trenza.apps.admissions.draw.replay import RESULTS
from trenza.apps.admissions.draw.rule import DrawRule, Entry, Group, RuleNotValid


def results(rule: DrawRule, entries: list[Entry]) -> dict[str, str]:
    found = drawn(rule, entries)
    return {entry.number: RESULTS[result] for entry, result in zip(entries, found.results, strict=True)}


def seated(rule: DrawRule, entries: list[Entry]) -> list[Entry]:
    said = results(rule, entries)
    return [entry for entry in entries if said[entry.number] != "waiting"]


@given(draws())
def test_draw_is_what_its_definition_says_when_everything_is_tried(given_draw):
    rule, entries = given_draw

    found = drawn(rule, entries)

    order = in_order(entries, found)
    said = [RESULTS[found.results[place]] for place in order]
    assert (found.filled, said) == by_trying_everything(rule, [entries[place] for place in order])


@given(draws(most=60))
def test_draw_never_exceeds_the_seats_and_leaves_none_empty_that_somebody_could_have(given_draw):
    rule, entries = given_draw

    chosen = seated(rule, entries)

    assert within_limits(rule, chosen)
    assert [each for each in entries if each not in chosen and within_limits(rule, [*chosen, each])] == []


@given(draws(most=60))
def test_every_minimum_is_met_as_far_as_there_are_members_where_no_region_is_in_the_way(given_draw):
    rule, entries = given_draw
    wanted = sum(group.seats for group in rule.groups)
    rule = DrawRule(seats=wanted + 1, regions=dict.fromkeys(rule.regions), groups=rule.groups)

    chosen = seated(rule, entries)

    for group in rule.groups:
        members = sum(group.code in entry.groups for entry in entries)
        assert sum(group.code in entry.groups for entry in chosen) >= min(group.seats, members)


@given(draws(), numbers)
def test_order_is_the_hmac_of_the_number_and_of_nothing_else(given_draw, number):
    rule, entries = given_draw
    others = [entry for entry in entries if entry.number != number]

    with_one_more = drawn(rule, sorted([*others, Entry(number, "", ())]))

    listed = sorted([*others, Entry(number, "", ())])
    expected = sorted(
        (entry.number for entry in listed),
        key=lambda each: hmac.new(SEED.encode(), each.encode(), hashlib.sha256).digest(),
    )
    assert [listed[place].number for place in in_order(listed, with_one_more)] == expected
    alone = [others[place].number for place in in_order(others, drawn(rule, others))]
    assert [each for each in expected if each != number] == alone


@given(draws(), st.data())
def test_changed_application_without_a_seat_changes_nothing_for_others(given_draw, data):
    """Whether it is changed so that it belongs to nothing, or goes."""
    rule, entries = given_draw
    said = results(rule, entries)
    waiting = [entry for entry in entries if said[entry.number] == "waiting"]
    if not waiting:
        return
    gone = data.draw(st.sampled_from(waiting))
    others = [entry for entry in entries if entry != gone]

    after = results(rule, others)

    assert after == {number: result for number, result in said.items() if number != gone.number}


@given(draws(most=20), st.data())
def test_seat_that_is_given_up_goes_to_one_other_at_most_where_nothing_is_reserved(given_draw, data):
    rule, entries = given_draw
    rule = DrawRule(seats=rule.seats, regions=rule.regions)
    entries = [entry._replace(groups=()) for entry in entries]
    if not entries:
        return
    gone = data.draw(st.sampled_from(entries))

    before, after = results(rule, entries), results(rule, [entry for entry in entries if entry != gone])

    changed = [number for number, result in after.items() if before[number] != result]
    assert len(changed) <= (before[gone.number] != "waiting")
    assert {after[number] for number in changed} <= {"at-large"}


@given(draws(most=20), st.data())
def test_seat_that_is_given_up_leaves_the_others_one_more_or_as_many(given_draw, data):
    rule, entries = given_draw
    if not entries:
        return
    gone = data.draw(st.sampled_from(entries))

    before = seated(rule, entries)
    after = seated(rule, [entry for entry in entries if entry != gone])

    others = len(before) - (gone in before)
    assert others <= len(after) <= others + (gone in before)


def test_member_who_is_drawn_early_fills_a_reserved_seat():
    """A minimum, and no extra: of ten seats with two reserved, the other eight are for everybody."""
    entries = sorted(Entry(f"{n:012}", "", ("rural",) if n % 2 else ()) for n in range(20))
    rule = DrawRule(seats=10, groups=(Group("rural", 2),))

    found = drawn(rule, entries)

    first = in_order(entries, found)[:10]
    members = [place for place in in_order(entries, found) if entries[place].groups]
    assert [RESULTS[found.results[place]] for place in members[:2]] == ["reserved", "reserved"]
    assert set(members[:2]) <= set(first)
    assert {place for place, result in enumerate(found.results) if result} == set(first)


def test_group_that_stands_first_is_served_first_where_a_region_has_too_few_seats():
    entries = sorted([Entry("A" * 12, "oruro", ("rural",)), Entry("B" * 12, "oruro", ("indigena",))])
    regions = {"oruro": 1}

    rural_first = DrawRule(regions=regions, groups=(Group("rural", 1), Group("indigena", 1)))
    indigenous_first = DrawRule(regions=regions, groups=(Group("indigena", 1), Group("rural", 1)))

    assert (drawn(rural_first, entries).filled, drawn(indigenous_first, entries).filled) == ((1, 0), (1, 0))


@pytest.mark.parametrize(
    ("number", "region", "groups"),
    [
        ("A" * 12, "el-alto", ()),
        ("A" * 13, "nowhere", ()),
        ("A" * 13, "el-alto", ("nobody",)),
        ("A" * 13, "el-alto", ("indigena", "rural")),
        ("A" * 13, "el-alto", ("rural", "rural")),
        ("a" * 13, "el-alto", ()),
        ("A" * 11, "el-alto", ()),
    ],
)
def test_list_holds_each_number_once_in_order_with_what_the_rule_knows(number, region, groups):
    drawing = Drawing(DrawRule(regions={"el-alto": 1}, groups=tuple(Group(code, 1) for code in GROUPS)))
    drawing.add("A" * 12, drawing.kind_of("el-alto", ("rural",)))

    with pytest.raises(EntryNotValid):
        drawing.add(number, drawing.kind_of(region, groups))


@given(draws())
def test_rule_is_written_in_one_way(given_draw):
    rule, _entries = given_draw

    assert DrawRule.from_text(rule.text).text == rule.text


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", "null", "[" * 5_000, '{"seats":1}', '{"seats":-1,"regions":{},"groups":[]}',
        '{"seats":true,"regions":{},"groups":[]}', '{"seats":1.5,"regions":{},"groups":[]}',
        '{"seats":1,"regions":{"A B":1},"groups":[]}', '{"seats":1,"regions":[],"groups":[]}',
        '{"seats":1,"regions":{},"groups":[["a",1],["a",2]]}', '{"seats":1,"regions":{},"groups":[["a"]]}',
        '{"seats": 1,"regions":{},"groups":[]}', '{"groups":[],"regions":{},"seats":1}',
    ],
)  # fmt: skip
def test_rule_that_is_none_is_refused(text):
    with pytest.raises(RuleNotValid):
        DrawRule.from_text(text)


@pytest.mark.parametrize("seed", ["", "123", " 1234", "12\n34", "1234é", "1" * 201])
def test_seed_has_letters_that_everybody_can_type(seed):
    assert seed_problem(seed) != ""

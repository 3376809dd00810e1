"""Two edit one definition: what each changed is found item by item, and put together."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.core.definition.examples import GOOD, read
from trenza.core.definition import Change, FieldChange, changes_between, merge, write_data
from trenza.core.definition.merging import MINE, THEIRS

BASE = dict(read(GOOD).data)
ORURO = {"code": "oruro", "name": "Oruro", "iso": "BO-O"}
TARIJA = {"code": "tarija", "name": "Tarija", "iso": "BO-T"}


def with_regions(*regions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return BASE | {"region": (*BASE["region"], *regions)} | changes


def renamed(name: str) -> dict[str, Any]:
    return BASE | {"programme": BASE["programme"] | {"name": name}}


def codes(data: dict[str, Any], section: str = "region") -> list[str]:
    return [each["code"] for each in data[section]]


def test_nothing_changed_is_no_change():
    assert changes_between(BASE, BASE) == []


def test_changes_name_the_item_and_its_fields():
    edition = BASE["edition"][0] | {"regions": ("el-alto", "oruro")}
    after = with_regions(ORURO, edition=(edition,))

    assert changes_between(BASE, after) == [
        Change("region", "oruro", "added", ORURO),
        Change("edition", "2026", "changed", edition, (FieldChange("regions", ("el-alto",), ("el-alto", "oruro")),)),
    ]
    assert [change.kind for change in changes_between(after, BASE)] == ["removed", "changed"]


def test_changes_within_an_item_are_found_in_its_lists():
    [track] = BASE["track"]
    modules = (track["module"][1] | {"name": "Dos y medio"},)

    [change] = changes_between(BASE, BASE | {"track": (track | {"module": modules},)})

    assert (change.key, change.name, change.fields) == ("track", "basico", ())
    assert [(inner.key, inner.name, inner.kind) for inner in change.inner] == [
        ("module", "uno", "removed"),
        ("module", "dos", "changed"),
    ]


def test_order_of_a_list_is_a_change_of_its_own():
    two = with_regions(ORURO)
    turned = two | {"region": tuple(reversed(two["region"]))}

    assert changes_between(two, turned) == [Change("region", "", "moved", {})]


def test_changes_of_different_items_are_put_together():
    merged, conflicts = merge(BASE, with_regions(TARIJA), with_regions(ORURO))

    assert conflicts == []
    assert (codes(merged), merged["programme"]["name"]) == (["el-alto", "oruro", "tarija"], "Prueba")
    merged, _ = merge(BASE, with_regions(TARIJA), renamed("Otra"))
    assert (codes(merged), merged["programme"]["name"]) == (["el-alto", "tarija"], "Otra")


def test_item_that_both_changed_is_chosen():
    mine, theirs = renamed("Mía"), renamed("Suya")

    merged, conflicts = merge(BASE, mine, theirs)
    assert ([each.id for each in conflicts], merged["programme"]["name"]) == (["programme/"], "Mía")
    for choice, name in ((MINE, "Mía"), (THEIRS, "Suya")):
        merged, _ = merge(BASE, mine, theirs, {"programme/": choice})
        assert merged["programme"]["name"] == name


def test_item_that_one_took_out_and_the_other_changed_is_chosen():
    base = with_regions(ORURO)
    mine = BASE
    theirs = with_regions(ORURO | {"name": "Ciudad de Oruro"})

    merged, [conflict] = merge(base, mine, theirs)
    assert (conflict.id, conflict.mine, codes(merged)) == ("region/oruro", None, ["el-alto"])
    merged, _ = merge(base, mine, theirs, {"region/oruro": THEIRS})
    assert codes(merged) == ["el-alto", "oruro"]


def test_number_and_truth_are_not_the_same():
    rule = {"code": "r", "question": "q", "sentence": "s", "equals": True}
    before, after = BASE | {"rule": (rule,)}, BASE | {"rule": (rule | {"equals": 1},)}

    assert [change.kind for change in changes_between(before, after)] == ["changed"]
    merged, _ = merge(before, after, before)
    assert merged["rule"][0]["equals"] is not True


REGIONS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6).map(
    lambda names: tuple({"code": name, "name": name, "iso": "BO-L"} for name in names)
)


@given(base=REGIONS, mine=REGIONS, theirs=REGIONS)
def test_merge_loses_nothing_that_either_added_and_keeps_nothing_that_one_removed(base, mine, theirs):
    data, ours, other = (BASE | {"region": regions} for regions in (base, mine, theirs))

    merged, conflicts = merge(data, ours, other)

    before, hers, his = (set(codes(each)) for each in (data, ours, other))
    assert conflicts == []
    assert set(codes(merged) if "region" in merged else []) == (hers | his) - (before - hers) - (before - his)
    assert write_data(merge(data, ours, data)[0]) == write_data(ours)
    assert write_data(merge(data, data, other)[0]) == write_data(other)

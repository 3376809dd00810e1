"""Small draws, as hypothesis finds them and as a person would write them; and the draw by trying everything."""

from collections.abc import Sequence
from io import BytesIO
from itertools import combinations

from hypothesis import strategies as st

from trenza.apps.admissions.draw.drawing import Drawing, Drawn
from trenza.apps.admissions.draw.replay import Head, Report, verify_replay, write_replay
from trenza.apps.admissions.draw.rule import DrawRule, Entry, Group, list_hash

REGIONS = ("el-alto", "oruro", "pando")
GROUPS = ("rural", "indigena", "discapacidad")
SEED = "48211 / 05-08-2026"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

numbers = st.text(ALPHABET, min_size=12, max_size=12)
limits = st.none() | st.integers(0, 3)
rules = st.builds(
    DrawRule,
    seats=st.none() | st.integers(0, 6),
    regions=st.fixed_dictionaries(dict.fromkeys(REGIONS, limits)),
    groups=st.lists(st.integers(0, 3), max_size=3).map(
        lambda seats: tuple(Group(code, n) for code, n in zip(GROUPS, seats, strict=False))
    ),
)


@st.composite
def draws(draw: st.DrawFn, most: int = 8) -> tuple[DrawRule, list[Entry]]:
    """A rule, and a list in order of its numbers."""
    rule = draw(rules)
    belongs = st.sets(st.sampled_from(rule.groups)).map(
        lambda some: tuple(group.code for group in rule.groups if group in some)
    )
    entry = st.builds(
        Entry, numbers, st.sampled_from([*REGIONS, ""]), belongs if rule.groups else st.just(())
    )  # fmt: skip
    entries = draw(st.lists(entry, max_size=most, unique_by=lambda each: each.number))
    return rule, sorted(entries)


def drawn(rule: DrawRule, entries: Sequence[Entry], seed: str = SEED) -> Drawn:
    drawing = Drawing(rule)
    drawing.add_all(entries)
    return drawing.draw(seed)


def replay(rule: DrawRule, entries: Sequence[Entry], seed: str = SEED) -> bytes:
    found = drawn(rule, entries, seed)
    head = Head(
        "mujeres-online/becas", "Lotería, 5 de agosto", rule, list_hash(entries), len(entries), "Diario", seed
    )  # fmt: skip
    rows = zip(entries, found.ranks, found.results, strict=True)
    return b"".join(write_replay(head, rows, found.filled))


def verified(content: bytes) -> Report:
    return verify_replay(BytesIO(content))


def in_order(entries: Sequence[Entry], found: Drawn) -> list[int]:
    """The places in the list of those who were drawn first, second, …"""
    return sorted(range(len(entries)), key=lambda place: found.ranks[place])


def within_limits(rule: DrawRule, chosen: Sequence[Entry]) -> bool:
    seats = {code: limit for code, limit in rule.regions.items() if limit is not None}
    per_region = all(sum(entry.region == code for entry in chosen) <= limit for code, limit in seats.items())
    return per_region and (rule.seats is None or len(chosen) <= rule.seats)


def ways_to_fill(rule: DrawRule, chosen: Sequence[Entry]) -> set[tuple[int, ...]]:
    """How many seats of each group these can fill, each of them one, none left over."""
    ways = {tuple(0 for _ in rule.groups)}
    for entry in chosen:
        ways = {
            (*way[:place], way[place] + 1, *way[place + 1 :])
            for way in ways
            for place, group in enumerate(rule.groups)
            if group.code in entry.groups and way[place] < group.seats
        }
    return ways


def by_trying_everything(rule: DrawRule, ordered: Sequence[Entry]) -> tuple[tuple[int, ...], list[str]]:
    """The seats filled of each group, and the results in the order of the draw, straight from the definition."""
    best: tuple[tuple[int, ...], list[bool]] = (tuple(0 for _ in rule.groups), [False] * len(ordered))
    for size in range(1, len(ordered) + 1):
        for some in combinations(range(len(ordered)), size):
            chosen = [ordered[place] for place in some]
            if within_limits(rule, chosen):
                among = [place in some for place in range(len(ordered))]
                best = max([best, *((way, among) for way in ways_to_fill(rule, chosen))])
    filled, among = best
    results = ["reserved" if each else "waiting" for each in among]
    for place, entry in enumerate(ordered):
        seated = [each for each, result in zip(ordered, results, strict=True) if result != "waiting"]
        if results[place] == "waiting" and within_limits(rule, [*seated, entry]):
            results[place] = "at-large"
    return filled, results

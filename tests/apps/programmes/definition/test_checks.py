import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.definition.examples import GOOD, changed, problems
from trenza.apps.programmes.definition.checks import circles

FOLLOWS = """
[[follows]]
code = "sigue"
after = "basico"
gives = "track"
track = "segundo"
name = "Sigue"
"""
SECOND = """
[[track]]
code = "segundo"
name = "Segundo"
summary = "Lo que sigue."

[[track.module]]
code = "tres"
name = "Tres"
requirement = { kind = "confirmed", by = "mentor" }
"""
BACK = FOLLOWS.replace('"segundo"', '"x"').replace('"basico"', '"segundo"').replace('"x"', '"basico"')


CIRCLE = 'uno ← dos ← uno; take one out of "after"'
DATED = 'write "starts_on", or demonstration = true'
OUT = "take one of them out"
WAITING = (('name = "Uno"\n', 'name = "Uno"\nafter = ["dos"]\n'), ('name = "Dos"\n', 'name = "Dos"\nafter = ["uno"]\n'))


@pytest.mark.parametrize(
    ("replacements", "said"),
    [
        (
            [('summary = "Lo primero."\n', 'summary = "…"\ncompletion = 3\n')],
            ['24: track "basico": it is complete with 3 modules and has 2; give a number from 1 to 2, or "all"'],
        ),
        (
            [('roles = ["organiser"]', 'roles = ["partner"]')],
            ['10: organisation "casa": no organisation organises; give one the role "organiser"'],
        ),
        (
            [('name = "Uno"\n', 'name = "Uno"\nafter = ["dso"]\n')],
            ['28: track "basico", module "uno": the module "dso" is not in the track "basico"; did you mean "dos"?'],
        ),
        (
            WAITING,
            ['28: track "basico", module "uno": modules that wait for each other never open: ' + CIRCLE],
        ),
        (
            [('iso = "BO-L"', 'iso = "PE"')],
            [
                '39: edition "2026": the region "el-alto" lies in PE, which is none of its countries; add "PE" to them',
                '40: edition "2026": none of its regions lies in "BO"; add a region of it, or take the country out',
            ],
        ),
        (
            [("starts_on = 2026-01-01", "starts_day = 3")],
            ['41: edition "2026": "starts_day" belongs to a demonstration; ' + DATED],
        ),
        ([("starts_on = 2026-01-01", "starts_on = 2026-12-31")], []),
        ([("starts_on = 2026-01-01\n", "")], ['35: edition "2026": "starts_on" is missing; write it']),
        (
            [("starts_on = 2026-01-01", "starts_on = 0206-01-01")],
            ['41: edition "2026": "starts_on" is no plausible day; correct the year'],
        ),
        (
            [('name = "2026"', 'name = "2026"\ndemonstration = true')],
            [
                '42: edition "2026": "starts_on" belongs to an edition with dates; write "starts_day"',
                '43: edition "2026": "ends_on" belongs to an edition with dates; write "ends_day"',
            ],
        ),
    ],
)
def test_what_does_not_agree_is_told(replacements, said):
    assert problems(changed(*replacements)) == said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (GOOD + SECOND + FOLLOWS, []),
        (
            GOOD + SECOND + FOLLOWS.replace('track = "segundo"\n', ""),
            ['57: follows "sigue": it gives a track and does not say which; write "track"'],
        ),
        (
            GOOD + SECOND + FOLLOWS.replace('gives = "track"', 'gives = "scholarship"'),
            ['58: follows "sigue": a scholarship names no "track"; take it out, or gives = "track"'],
        ),
        (GOOD + FOLLOWS, ['48: follows "sigue": the track "segundo" is not in [[track]]; use basico']),
        (
            GOOD + SECOND + FOLLOWS + BACK.replace("sigue", "vuelve"),
            ['58: follows "sigue": tracks follow from each other in a circle: basico → segundo → basico; ' + OUT],
        ),
    ],
)
def test_what_follows_must_stand_and_lead_somewhere(source, said):
    assert problems(source) == said


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3).map(tuple)))
def test_circles_are_found_where_there_are_some_and_only_there(arrows):
    found = list(circles(arrows))

    for circle in found:
        assert all(then in arrows[first] for first, then in zip(circle, [*circle[1:], circle[0]], strict=True))
    broken = {node for circle in found for node in circle}
    rest = {node: [each for each in targets if each not in broken] for node, targets in arrows.items()}
    order: set[str] = set(broken)
    for _ in "abcdef":
        order |= {node for node in "abcdef" if all(each in order for each in rest.get(node, ()))}
    assert order >= set("abcdef")

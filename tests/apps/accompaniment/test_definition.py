"""`[accompaniment]`: what it must be, what it makes, and that it is written back."""

import pytest

from tests.core.definition.examples import GOOD, line_of, problems, read
from trenza.apps.accompaniment.models import Thresholds
from trenza.apps.programmes.api import export_definition, load_definition
from trenza.core.definition import changes_between, merge, write_definition

SECTION = """
[accompaniment]
silent_days = 10
absences = 3
"""


def values() -> tuple[int, int, int, int]:
    return Thresholds.objects.values_list("silent_days", "failures", "absences", "quiet_days").get()


@pytest.mark.django_db
def test_thresholds_are_loaded_written_back_and_usual_again_without_the_section():
    definition = read(GOOD + SECTION)
    programme = load_definition(definition=definition, by=None)
    written = export_definition(programme)
    assert values() == (10, 2, 3, 7)
    assert "[accompaniment]\nsilent_days = 10\nabsences = 3\n" in written
    assert write_definition(read(written)) == written

    assert write_definition(read(GOOD + "\n[accompaniment]\n")) == write_definition(read(GOOD))

    load_definition(definition=read(GOOD), by=None)

    assert values() == (7, 2, 2, 7)


def test_section_that_comes_or_goes_is_a_change_like_any_other():
    without, given = read(GOOD).data, read(GOOD + SECTION).data
    changes = [changes_between(one, two) for one, two in ((without, given), (given, without), (given, given))]

    fields = [[(field.key, field.before, field.after) for field in each.fields] for some in changes for each in some]
    assert fields == [
        [("silent_days", None, 10), ("absences", None, 3)],
        [("silent_days", 10, None), ("absences", 3, None)],
    ]
    assert merge(without, given, without)[0]["accompaniment"] == given["accompaniment"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("silent_days = 0", '"silent_days" must be 1 or more; it is 0'),
        ("failures = 1", '"failures" must be 2 or more; it is 1'),
        ("absences = 21", '"absences" must be 20 at most; it is 21'),
    ],
)
def test_threshold_that_makes_no_sense_is_told(line, said):
    source = GOOD + "\n[accompaniment]\n" + line + "\n"

    assert f"{line_of(source, line)}: accompaniment: {said}" in problems(source)

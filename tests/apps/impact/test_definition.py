from datetime import date
from pathlib import Path

import pytest

from tests.core.definition.examples import GOOD, changed, problems, read
from trenza.apps.impact.models import Indicator, Reported, Target
from trenza.apps.programmes.api import load_definition
from trenza.core.definition import write_definition

SOURCE = (
    GOOD
    + """
[[indicator]]
code = "becas"
measure = "awards"
name = "Becas"

[[indicator]]
code = "promedio"
name = "Promedio"

[[target]]
indicator = "becas"
value = 500
from = 2026-01-01
to = 2026-06-30
source = "La meta"

[[target]]
indicator = "becas"
edition = "2026"
value = 100
source = "La meta de la edición"

[[reported]]
indicator = "promedio"
value = 4679
from = 2019-07-01
to = 2019-08-31
source = "Lo publicado"
"""
)
NO_MEASURE = 'the indicator "promedio" has no measure, so nothing can reach its target'
MEASURES = "applications, awards, enrolments, completions, certificates or trainers"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value = 500", "value = 0", 'target 1: "value" must be more than 0; it is 0'),
        ("from = 2026-01-01\n", "", 'target 1: "from" is missing; write it, or name an edition'),
        ("from = 2026-01-01", "form = 2026-01-01", 'target 1: the key "form" is not known here; did you mean "from"?'),
        ("to = 2026-06-30", "to = 2025-06-30", 'target 1: it ends before it starts; correct "from" or "to"'),
        ('indicator = "becas"', 'indicator = "beca"',
         'target 1: the indicator "beca" is not in [[indicator]]; did you mean "becas"?'),
        ('indicator = "becas"', 'indicator = "promedio"',
         f"target 1: {NO_MEASURE}; give it a measure, or take the target out"),
        ('edition = "2026"', 'edition = "2027"',
         'target 2: the edition "2027" is not in [[edition]]; did you mean "2026"?'),
        ('measure = "awards"', 'measure = "jobs"',
         f'indicator "becas": "measure" cannot be "jobs"; use {MEASURES}'),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_told(old, new, said):
    found = problems(changed((old, new), source=SOURCE))

    assert [problem.partition(": ")[2] for problem in found if said in problem] == [said]


def test_definition_is_written_back_with_its_days():
    written = write_definition(read(SOURCE))

    assert "from = 2026-01-01" in written
    assert write_definition(read(written)) == written


@pytest.mark.django_db
def test_loading_again_keeps_the_rows_and_follows_the_file():
    load_definition(definition=read(SOURCE))
    before = list(Target.objects.values())
    load_definition(definition=read(SOURCE))

    assert list(Target.objects.values()) == before
    assert [(row["value"], row["starts_on"], row["ends_on"]) for row in before] == [
        (500, date(2026, 1, 1), date(2026, 6, 30)),
        (100, date(2026, 1, 1), date(2026, 12, 31)),
    ]
    assert [(row.code, row.measure) for row in Indicator.objects.all()] == [("becas", "awards"), ("promedio", "")]
    assert [row.value for row in Reported.objects.all()] == [4679]

    load_definition(definition=read(GOOD))
    assert (Target.objects.count(), Reported.objects.count()) == (0, 0)
    assert all(row.retired_at for row in Indicator.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(Path("programmes").glob("*/programme.toml")), ids=lambda path: path.parent.name)
def test_programmes_of_the_house_load(path):
    programme = load_definition(definition=read(path.read_bytes()), today=date(2026, 11, 1))

    assert Indicator.objects.current().filter(programme=programme).exclude(measure="").count() >= 3
    assert Reported.objects.filter(indicator__programme=programme).exists()
    assert programme.credential_templates.exists()

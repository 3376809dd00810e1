"""`[[workshop]]`: what it must agree with, what it makes, and that it is written back."""

import pytest

from tests.apps.programmes.examples import a_person
from tests.apps.sessions.examples import MONDAY, a_session
from tests.core.definition.examples import GOOD, changed, line_of, problems, read
from trenza.apps.programmes.api import attached, export_definition, load_definition
from trenza.apps.sessions.models import SignUp, Workshop
from trenza.core.definition import write_definition

WORKSHOP = """
[[workshop]]
code = "taller"
name = "Taller de redes"
edition = "2026"
track = "basico"
module = "dos"
minutes = 120
materials = ["Proyector", "Pizarra"]
"""
GUIDE = """
[[workshop.part]]
name = "Conocernos"
minutes = 30
text = "Saluda."

[[workshop.part]]
name = "Buscar"
minutes = 90
text = '''
De tres en tres.

Comparen.'''
without = "Con las hojas."
"""
SECOND = """
[[track]]
code = "otra"
name = "Otra"
summary = "Lo segundo."

[[track.module]]
code = "tres"
name = "Tres"
requirement = { kind = "confirmed", by = "trainer" }

[[edition]]"""
SOURCE = GOOD + WORKSHOP


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('edition = "2026"', 'edition = "2062"', 'the edition "2062" is not in [[edition]]; did you mean "2026"?'),
        ('track = "basico"', 'track = "bascio"', 'the track "bascio" is not in [[track]]; did you mean "basico"?'),
        ('module = "dos"', 'module = "does"', 'the module "does" is not in the track "basico"; did you mean "dos"?'),
        (
            'module = "dos"',
            'module = "uno"',
            'the course "uno" meets this module; name a module that somebody confirms, or leave it out',
        ),
        ("minutes = 120", "minutes = 0", '"minutes" must be 1 or more; it is 0'),
        ("minutes = 120", 'minutes = "120"', '"minutes" must be a whole number, without quotes; it is "120"'),
        ('["Proyector", "Pizarra"]', '["Proyector", ""]', ('"materials" is empty; '
         "write it, or leave the key out where it is optional")),
    ],
)  # fmt: skip
def test_workshop_that_does_not_agree_is_told_with_its_line(old, new, said):
    source = GOOD + changed((old, new), source=WORKSHOP)

    # A track that does not stand is none of the edition's either.
    assert f'{line_of(WORKSHOP, old) + GOOD.count(chr(10))}: workshop "taller": {said}' in problems(source)


def test_track_that_the_edition_does_not_run_is_told():
    source = changed(
        ("[[edition]]", SECOND.lstrip("\n")), ('track = "basico"', 'track = "otra"'), ('module = "dos"\n', ""),
        source=SOURCE,
    )  # fmt: skip

    wanted = 'track = "otra"'
    assert problems(source) == [
        (
            f"{line_of(source, wanted)}: "
            'workshop "taller": the edition "2026" does not run the track "otra"; '
            'add "otra" to its tracks, or name another track'
        )
    ]


def test_workshop_is_written_back():
    once = write_definition(read(SOURCE + GUIDE))

    assert write_definition(read(once)) == once
    assert (once.count("[[workshop]]"), once.count("[[workshop.part]]")) == (1, 2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes = 90", "minutes = 60", "its parts take 90 minutes together, and it takes 120; make them agree"),
        ("minutes = 30", "minutes = 0", '"minutes" must be 1 or more; it is 0'),
        ('text = "Saluda."', 'text = ""', '"text" is empty; write it, or leave the key out where it is optional'),
        ('text = "Saluda."\n', "", '"text" is missing; write it'),
    ],
)  # fmt: skip
def test_guide_that_does_not_agree_is_told(old, new, said):
    found = problems(GOOD + WORKSHOP + changed((old, new), source=GUIDE))

    assert any(problem.endswith(said) for problem in found), found


def test_guide_has_at_most_forty_parts():
    part = '\n[[workshop.part]]\nname = "Uno"\nminutes = 3\ntext = "Uno."\n'

    assert problems(SOURCE + part * 40) == []
    assert problems(SOURCE + part * 41) != []


@pytest.mark.django_db
def test_loading_makes_the_workshop_and_exporting_gives_the_same_text():
    programme = load_definition(definition=read(SOURCE + GUIDE))
    load_definition(definition=read(SOURCE + GUIDE))

    workshop = Workshop.objects.get()
    assert (workshop.code, workshop.name, workshop.minutes) == ("taller", "Taller de redes", 120)
    assert workshop.module is not None
    assert (workshop.edition.code, workshop.track.code, workshop.module.code) == ("2026", "basico", "dos")
    assert workshop.materials == ["Proyector", "Pizarra"]
    assert workshop.parts == [
        {"name": "Conocernos", "minutes": 30, "text": "Saluda.", "without": None},
        {"name": "Buscar", "minutes": 90, "text": "De tres en tres.\n\nComparen.", "without": "Con las hojas."},
    ]
    exported = export_definition(programme)
    load_definition(definition=read(exported))
    assert export_definition(programme) == exported


@pytest.mark.django_db
def test_workshop_that_is_left_out_is_retired_and_comes_back():
    programme = load_definition(definition=read(SOURCE))
    load_definition(definition=read(GOOD))
    assert Workshop.objects.get().retired_at is not None
    note = 'The workshop "taller" is no longer in the definition: it was retired, its sessions stay.'
    assert note in programme.versions.latest("number").notes

    load_definition(definition=read(changed(('module = "dos"\n', ""), ("120", "90"), source=SOURCE)))
    workshop = Workshop.objects.get()
    assert (workshop.retired_at, workshop.module, workshop.minutes) == (None, None, 90)


@pytest.mark.django_db
def test_whoever_has_a_place_is_counted_before_a_workshop_is_taken_out():
    programme = load_definition(definition=read(SOURCE))
    things = [("workshop", "taller")]
    assert attached(programme, things) == {}
    session = a_session(programme, kind="workshop", workshop=Workshop.objects.get())
    SignUp.objects.create(session=session, person=a_person(), at=MONDAY)

    assert attached(programme, things) == {("workshop", "taller"): {"sign_ups": 1}}

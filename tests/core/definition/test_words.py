"""What the checker says is English, and the reader's language where she asks for it."""

import copy
import pickle

from django.utils import translation

from tests.core.definition.examples import GOOD, changed, read
from trenza.core.definition import DefinitionErrors, Problem, in_words, render_in_words, say


def problems_of(source: str) -> list[Problem]:
    try:
        read(source)
    except DefinitionErrors as errors:
        return errors.problems
    return []


BROKEN = changed(
    ('iso = "BO-L"', 'iso = "BO-LP"'),
    ('regions = ["el-alto"]', 'regions = ["el-atlo"]'),
    ("starts_on = 2026-01-01\n", ""),
    ('roles = ["organiser"]', 'roles = ["organizer"]'),
)


def test_problems_are_said_in_english_and_in_spanish():
    problems = problems_of(BROKEN)

    with translation.override("en"):
        assert render_in_words(problems) == str(DefinitionErrors(problems))
    with translation.override("es"):
        assert render_in_words(problems).splitlines() == [
            'p.toml:13: organisation «casa»: «roles» no puede ser "organizer"; ¿quisiste decir «organiser»?',
            (
                "p.toml:18: region «el-alto»: «BO-LP» no es un departamento o estado (ISO 3166-2) ni un país; "
                "¿quisiste decir «BO-P» (Potosí)?"
            ),
            "p.toml:35: edition «2026»: falta «starts_on»; escríbelo",
            "p.toml:39: edition «2026»: «el-atlo» (region) no está en [[region]]; ¿quisiste decir «el-alto»?",
        ]


def test_keys_are_called_by_the_names_that_a_form_gives_them():
    labels = {"edition": "Edición", "starts_on": "Primer día", "roles": "Qué hace", "organisation": "Organización"}
    with translation.override("es"):
        said = [problem.in_words(lambda key: labels.get(key, key)) for problem in problems_of(BROKEN)]

    assert said[0] == 'Organización «casa»: «Qué hace» no puede ser "organizer"; ¿quisiste decir «organiser»?'
    assert said[2] == "Edición «2026»: falta «Primer día»; escríbelo"


def test_problem_knows_its_place():
    assert [problem.place for problem in problems_of(BROKEN)] == [
        ("organisation", 0, "roles", 0),
        ("region", 0, "iso"),
        ("edition", 0, "starts_on"),
        ("edition", 0, "regions", 0),
    ]
    assert problems_of(GOOD) == []


def test_what_was_said_survives_being_copied():
    said = say('write "%(word)s"', word=say("give a number"))

    for again in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):
        with translation.override("es"):
            assert (again, in_words(again)) == ('write "give a number"', "escribe «escribe un número»")


def test_text_that_nobody_translates_is_left_as_it_is():
    assert (in_words(""), in_words("plain 100 %"), in_words(say(""))) == ("", "plain 100 %", "")

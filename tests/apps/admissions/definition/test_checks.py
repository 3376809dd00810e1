import pytest

from tests.apps.admissions.definition.examples import WITH_A_DRAW, WITH_CALLS, WITH_TRACKS
from tests.core.definition.examples import changed, line_of, problems


def test_a_definition_with_calls_is_well():
    assert problems(WITH_CALLS) == []


SAID = {
    ('edition = "2026"', 'edition = "2062"'): 'the edition "2062" is not in [[edition]]; did you mean "2026"?',
    ('form = "beca"', 'form = "becas"'): 'the form "becas" is not in [[form]]; did you mean "beca"?',
    ('form = "beca"\n', ""): ('a call that selects needs a form; name one with form = "…", or admission = "open"'),
    ('rules = ["edad", "correo"]', 'rules = ["edad", "coreo"]'): (
        'the rule "coreo" is not in [[rule]]; did you mean "correo"?'
    ),
    ("seats = 100", "seats = 99"): (
        "the seats of its regions add up to 100, and it has 99; give it 100 seats, or the regions fewer"
    ),
    ('region = "oruro"', 'region = "el-alto"'): 'the region "el-alto" has seats already; give one sum',
    ("opens_at = 2026-07-01T00:00:00", "opens_at = 2026-08-01T00:00:00"): (
        "it closes before it opens; correct opens_at or closes_at"
    ),
    ("closes_at = 2026-07-31T23:59:59", "closes_at = 2027-07-31T23:59:59"): (
        "it closes after its edition has ended; let it close earlier, or the edition end later"
    ),
    ("closes_at = 2026-07-31T23:59:59", "closes_at = 2026-07-31T23:59:59Z"): (
        '"closes_at" must be a local time, without an offset; it is 2026-07-31 23:59:59+00:00'
    ),
    ('time_zone = "America/La_Paz"', 'time_zone = "America/LaPaz"'): (
        '"America/LaPaz" is no time zone of the IANA database; did you mean "America/La_Paz"?'
    ),
    ('question = "has_email"', 'question = "has_mail"'): (
        'the question "has_mail" is not in the form "beca"; did you mean "has_email"?'
    ),
    ("equals = true", 'equals = "yes"'): 'no answer is "yes"; use true or false',
    ("equals = true", "at_least = 1"): (
        'at_least and at_most need a number, and "has_email" is of type yes_no; use equals or one_of'
    ),
    ('question = "has_email"\nequals = true', 'question = "device"\none_of = ["phone", "fax"]'): (
        'no answer is "fax"; use phone or computer'
    ),
    ("at_most = 29", "at_most = 15"): "at_least is larger than at_most: nobody can meet it; exchange them",
    ('help = "Te ayudamos a crear una."\n', ""): 'unmet = "help" needs "help"; say what she can do to get there',
    ('code = "device"\ntype', 'code = "age"\ntype'): (
        'a question cannot be called "age": rules know it as something else; age follows from a question of type date '
        'called "birth_date"'
    ),
    ("opens_day = -20", "opens_at = 2026-01-01T00:00:00"): (
        '"opens_at" belongs to a call with dates; write "opens_day"'
    ),
    ("closes_day = 60", "closes_day = 160"): (
        "it closes after its edition has ended; let it close earlier, or the edition end later"
    ),
    ('admission = "open"', 'admission = "open"\nrules = ["correo"]'): (
        'the rule "correo" is about the question "has_email", and an open call asks none; an open call can have rules '
        "about age only"
    ),
    ('label = "Computadora"', 'label = "Computadora", colour = "red"'): (
        'the key "colour" is not known here; use code or label'
    ),
}


@pytest.mark.parametrize(("change", "said"), SAID.items())
def test_what_is_wrong_with_a_call_is_said(change: tuple[str, str], said: str):
    found = problems(changed(change, source=WITH_CALLS))

    assert [problem for problem in found if problem.endswith(said)] != [], found


OF_A_DRAW = {
    ('seed_source = "Lotería Nacional del 5 de agosto"\n', ""): (
        "a draw says beforehand where its seed will come from; "
        'write seed_source = "…": a public number of a day after closing'
    ),
    ('admission = "draw"', 'admission = "selected"'): (
        'seed_source, offline_hours and reserve belong to a draw; take them out, or write admission = "draw"'
    ),
    ('form = "beca"\nadmission', "admission"): (
        'a call that selects needs a form; name one with form = "…", or admission = "open"'
    ),
    ("seats = 30", "seats = 101"): (
        "the reserved seats add up to 101, and it has 100; give it 101 seats, or the groups fewer"
    ),
    ('one_of = ["phone"]', 'one_of = ["fax"]'): 'no answer is "fax"; use phone or computer',
    ('question = "device"\none_of', 'question = "devise"\none_of'): (
        'the question "devise" is not in the form "beca"; did you mean "device"?'
    ),
    (
        '[[call.reserve]]\ncode = "celular"',
        (
            '[[call.reserve]]\ncode = "celular"\nname = "Otra"\nquestion = "device"\none_of = ["phone"]\nseats = 1\n\n'
            '[[call.reserve]]\ncode = "celular"'
        ),
    ): 'the group "celular" has seats already; give one sum',
}


def test_a_definition_with_a_draw_is_well():
    assert problems(WITH_A_DRAW) == []


@pytest.mark.parametrize(("change", "said"), OF_A_DRAW.items())
def test_what_is_wrong_with_a_draw_is_said(change: tuple[str, str], said: str):
    found = problems(changed(change, source=WITH_A_DRAW))

    assert [problem for problem in found if problem.endswith(said)] != [], found


def test_a_draw_without_a_number_of_seats_is_none():
    source = WITH_A_DRAW.replace("seats = 100\n", "").replace('[[call.quota]]\nregion = "el-alto"\nseats = 60\n', "")
    source = source.replace('[[call.quota]]\nregion = "oruro"\nseats = 40\n', "")

    [found] = problems(source)

    assert found.endswith("a draw needs a number of seats; give seats, or those of its regions")


def test_every_problem_is_said_at_once_with_its_line():
    source = changed(
        ("seats = 100", "seats = 10"),
        ("equals = true", 'equals = "yes"'),
        ('track = "basico"\nform', 'track = "basicos"\nform'),
        source=WITH_CALLS,
    )

    assert [int(problem.partition(":")[0]) for problem in problems(source)] == [
        line_of(source, words) for words in ('equals = "yes"', 'track = "basicos"', 'track = "basicos"', "seats = 10")
    ]


AFTER = 'choices = [{ code = "phone", label = "Celular" }, { code = "computer", label = "Computadora" }]\n'


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ('question = "has_email"\nequals = true', []),
        ('question = "has_email"\nequals = "yes"', ['no answer is "yes"; use true or false']),
        (
            'question = "has_email"\nat_least = 1',
            ['at_least and at_most need a number, and "has_email" is of type yes_no; use equals or one_of'],
        ),
        (
            'question = "has_mail"\nequals = true',
            ['the question "has_mail" is not in the form "beca"; did you mean "has_email"?'],
        ),
        (
            'question = "device"\nequals = "phone"',
            ['"device" is asked here or later: a condition looks back only; ask that question earlier, or take the'],
        ),
        (
            'question = "has_email"',
            ["a condition has exactly one test; use equals, or one_of, or at_least and at_most"],
        ),
    ],
)
def test_a_condition_looks_back_and_can_be_met(condition: str, said: list[str]):
    text = WITH_CALLS.replace(AFTER, f"{AFTER}\n[[form.page.question.when]]\n{condition}\n")

    found = problems(text)

    assert [each for each in said if each not in found[0]] == []
    assert len(found) == len(said)


def test_what_a_record_needs_is_asked_of_everybody():
    asked_of_some = (
        AFTER
        + """
[[form.page.question]]
code = "birth_date"
type = "date"
label = "¿Cuándo naciste?"
fills = "birth_date"

[[form.page.question.when]]
question = "has_email"
equals = true
"""
    )

    [found] = problems(WITH_CALLS.replace(AFTER, asked_of_some))

    assert "everybody has to be asked for birth_date: her record needs it" in found


def test_a_call_with_tracks_to_choose_from_is_well():
    assert problems(WITH_TRACKS) == []


OF_TRACKS = {
    ('tracks = ["basico", "avanzado"]\nform', 'track = "basico"\ntracks = ["basico", "avanzado"]\nform'): (
        "it has a track and tracks to choose from; keep track, or tracks = [...], and not both"
    ),
    ('tracks = ["basico", "avanzado"]\nform', "form"): (
        'it leads to no track; write track = "…", or tracks = ["…", "…"] to choose from'
    ),
    ('tracks = ["basico", "avanzado"]\nform', 'track = "basico"\nform'): (
        "track_seats and change_until belong to a call with tracks to choose from; take them out, or write "
        "tracks = [...] in place of track"
    ),
    ('tracks = ["basico", "avanzado"]\nform', 'tracks = ["basico"]\nform'): (
        "there is one track to choose from; name two or more, or write track instead"
    ),
    ('tracks = ["basico", "avanzado"]\nform', 'tracks = ["basico", "basico"]\nform'): (
        'the track "basico" is there already; name it once'
    ),
    ('tracks = ["basico", "avanzado"]\nform', 'tracks = ["basico", "avansado"]\nform'): (
        'the track "avansado" is not in [[track]]; did you mean "avanzado"?'
    ),
    ('admission = "selected"', 'admission = "draw"\nseed_source = "Lotería"'): (
        "a draw gives its places by region and group, and not by what each wishes for; make a call for each track, or "
        'write admission = "selected"'
    ),
    ('form = "beca"\nadmission = "selected"', 'admission = "open"'): (
        "only a call that selects has tracks to choose from; make a call for each track, or "
        'write admission = "selected"'
    ),
    ('track = "avanzado"\nseats = 30', 'track = "basico"\nseats = 30'): (
        'the track "basico" has seats already; give one sum'
    ),
    ("seats = 30", "seats = 51"): (
        "the seats of its tracks add up to 101, and it has 100; give it 101 seats, or the tracks fewer"
    ),
    ("change_until = 2026-08-31", "change_until = 2026-06-30"): (
        "nobody has a track to change then: it is before the call opens, or after its edition has ended; choose a day "
        "while the edition runs"
    ),
    ("change_until = 2026-08-31", "change_until_day = 3"): (
        '"change_until_day" belongs to a call of a demonstration; write "change_until"'
    ),
}


@pytest.mark.parametrize(("change", "said"), OF_TRACKS.items())
def test_what_is_wrong_with_tracks_to_choose_from_is_said(change: tuple[str, str], said: str):
    found = problems(changed(change, source=WITH_TRACKS))

    assert [problem for problem in found if problem.endswith(said)] != [], found

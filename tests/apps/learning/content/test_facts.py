"""What a course says beside its text: for whom it is, what its words mean, where its facts come from."""

import pytest

from tests.apps.learning.content.examples import COURSE, compile_course, course_files, errors_of
from trenza.apps.learning.content.course import Source
from trenza.apps.learning.content.digcomp import COMPETENCES
from trenza.apps.learning.content.folder import compile_files
from trenza.apps.learning.content.glossary import word_pattern

FRONT = """\
+++
title = "A"
minutes = 5
digcomp = ["1.2", "4.1"]
offline = "Ask."

[[source]]
title = "Who: what"
url = "https://example.org/a"
date = "2024-05"

[[source]]
title = "Another"
url = "https://example.org/b"
date = 2024-05-31
+++
"""


def course(front: str = FRONT, others: dict[str, bytes] | None = None, manifest: str = COURSE) -> dict[str, bytes]:
    return {**course_files(course=manifest), "01-password.md": f"{front}Text.\n".encode(), **(others or {})}


def test_lesson_says_its_competences_its_way_without_internet_and_its_sources():
    (lesson,) = compile_course(course()).lessons

    assert (lesson.digcomp, lesson.offline) == (("1.2", "4.1"), "Ask.")
    assert lesson.sources == (
        Source("Who: what", "https://example.org/a", "2024-05"),
        Source("Another", "https://example.org/b", "2024-05-31"),
    )


def test_framework_has_21_competences():
    assert len(COMPETENCES) == 21


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('"4.1"', '"4.9"', (4, 'DigComp 2.2 has no competence "4.9".')),
        ('"2024-05"', '"2024-13"', (7, '"2024-13" is on no calendar.')),
        ('"2024-05"', '"mayo de 2024"', (7, '"mayo de 2024" is no date.')),
        ('"2024-05"', '""', (7, '"date" is empty.')),
        ('"https://example.org/b"', '"javascript:alert(1)"', (12, '"javascript:alert(1)" is not an address.')),
        ('"https://example.org/b"', '"https://[a"', (12, '"https://[a" is not an address.')),
        ('title = "Another"\n', "", (12, 'The source has no "title".')),
        ('title = "Another"', 'title = "Another"\nauthor = "B"', (12, 'Nobody reads "author".')),
    ],
)
def test_mistake_in_the_front_matter_is_told_at_its_line(old, new, error):
    assert errors_of(course(FRONT.replace(old, new))) == [("01-password.md", *error)]


def test_sources_beyond_the_limit_are_refused():
    one = FRONT.split("\n\n")[1]

    many = FRONT.replace(one, "\n".join([one] * 30))

    assert errors_of(course(many)) == [("01-password.md", 7, "It has 31 sources.")]


def test_course_states_its_level_and_explains_its_words():
    glossary = b'"account" = "What a site knows you by."\n"two  steps" = "x"\n'

    made = compile_course(course(others={"glossary.toml": glossary}, manifest=COURSE + 'level = "basic"\n'))

    assert (made.level, dict(made.glossary)) == ("basic", {"account": "What a site knows you by.", "two steps": "x"})


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a = ", (1, "This is not TOML: Invalid value.")),
        ('"a" = "x"\n"b" = 3', (2, '"b" must be a text.')),
        ('"a" = " "', (1, '"a" is empty.')),
        ('"(a" = "x"', (1, '"(a" is not a word as we write it.')),
        (f'"a" = "{"x" * 401}"', (1, '"a" has 401 letters.')),
        ("\n".join(f'"a{number}" = "x"' for number in range(301)), (0, "The glossary has 301 words.")),
    ],
)
def test_mistake_in_the_glossary_is_told(text, error):
    assert errors_of(course(others={"glossary.toml": text.encode()})) == [("glossary.toml", *error)]


def test_what_is_said_beside_the_text_is_part_of_the_version():
    plain = course('+++\ntitle = "A"\nminutes = 5\n+++\n')
    versions = [
        compile_course(files).version
        for files in (
            plain,
            course(),
            course(manifest=COURSE + 'level = "basic"\n'),
            course(others={"glossary.toml": b'"a" = "x"'}),
            course(FRONT.replace("2024-05", "2024-06", 1)),
        )
    ]

    assert len(set(versions)) == 5


def test_folder_of_a_course_has_its_glossary_and_compiles_to_the_same():
    made = compile_course(course(others={"glossary.toml": b'"a" = "x"'}))

    assert set(made.folder) == {"course.toml", "glossary.toml", "01-password.md"}
    assert compile_files(made.folder).course == made


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("navegador", "Abre el Navegador."),
        ("navegador", "Dos navegadores"),
        ("clave", "claves"),
        ("red", "las redes"),
        ("vez", "tres veces"),
        ("botón", "Los botones"),
        ("copia de seguridad", "Haz copias de seguridad."),
        ("Wi-Fi", "con wi-fi"),
    ],
)
def test_word_is_found_with_its_plural(word, text):
    assert word_pattern([word]).search(text)


@pytest.mark.parametrize(("word", "text"), [("red", "redacta"), ("red", "pared"), ("wi", "wi-fi")])
def test_word_within_another_is_not_found(word, text):
    assert not word_pattern([word]).search(text)

"""What the check finds, each thing made worse alone in a course that is well."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.apps.learning.content import kinds
from tests.apps.learning.content.examples import course_files
from tests.apps.learning.content.quality.examples import COURSE, GLOSSARY, LESSON, TODAY, findings
from trenza.apps.learning.content.course import Choice, Lesson, Question
from trenza.apps.learning.content.folder import compile_files
from trenza.apps.learning.content.quality.asking import check_tests
from trenza.apps.learning.content.quality.check import check_quality

STORY = "Rosa vende pan en Oruro."
SENTENCE = "Esa página puede ser buena o mala."
LONG = " ".join(["casa"] * 31) + "."
SOURCE = '\n[[source]]\ntitle = "A"\nurl = "https://example.org"\ndate = "{}"\n+++\n\n:::'


def found(old: str, new: str, **others: str) -> list[tuple[str, int, str]]:
    assert LESSON.count(old) == 1
    return [(each.file, each.line, each.text) for each in findings(LESSON.replace(old, new), **others)]  # type: ignore[arg-type]


def test_course_that_is_well_has_no_findings():
    assert findings() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        # How it reads.
        (SENTENCE, LONG, 11, f'A sentence has 31 words, more than 30: "{LONG[:50]}…"'),
        (SENTENCE, "Responsabilidad institucional administrativa correspondiente. " * 6, 0, "It reads with "),
        # What it explains.
        (SENTENCE, "Abre la aplicación.", 11, 'Nobody has explained "aplicación".'),
        (SENTENCE, "Usa dos contraseñas y haz respaldos.", 11, 'Nobody has explained "respaldos".'),
        # What it asks.
        (
            "  > El mensaje sigue allí. Lo que cambia es la página que ves.\n",
            "",
            24,
            '"Se borra el mensaje que te mandaron" has no',
        ),
        ("El mensaje sigue allí. Lo que cambia es la página que ves.", "¡Casi! Piensa.", 24, "The feedback of "),
        (
            "El mensaje sigue allí. Lo que cambia es la página que ves.",
            "Así es: un enlace te lleva a otra página.",
            24,
            '"Se abre otra página en tu teléfono" has the same feedback as "Se borra',
        ),
        ("Un mensaje que te apura es de fiar.", "¿Qué pasa cuando tocas las letras azules?", 33, "01-enlaces.md asks"),
        (LESSON[LESSON.index("::: question apuro") :], "", 0, "It asks 1 questions: at least 2"),
        # What it is made of.
        ("::: try", "::: note", 0, "She is given nothing to do."),
        ("minutes = 3", "minutes = 2", 0, "It takes 2 minutes: a lesson is one idea, in 3 to 7."),
        ("minutes = 3", "minutes = 7", 0, "It says that it takes 7 minutes, and is read in 1."),
        ('digcomp = ["1.2"]\n', "", 0, "It names no competence"),
        (SENTENCE, "TODO", 11, '"TODO" stands there still.'),
        (SENTENCE, "Lorem ipsum dolor.", 11, '"Lorem" stands there still.'),
        # What it states.
        (SENTENCE, "El 62 % de las mujeres lo hace.", 11, 'It states a figure: "El 62 % de las mujeres lo hace."'),
        (SENTENCE, "La ley lo prohíbe.", 11, "It states a law:"),
        (SENTENCE, "Llama al 156.", 11, "It states a number to call:"),
        (SENTENCE, "Según el INE, es común.", 11, "It states what somebody says:"),
        (SENTENCE, "Mira [aquí](https://example.org).", 11, "A link leads outside."),
    ],
)
def test_what_is_worse_is_found_at_its_line(old, new, line, said):
    ((file, where, text),) = found(old, new)

    assert (file, where) == ("01-enlaces.md", line)
    assert text.startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "Tu batería está al 20 %.",
        "Si subes 10 %, son 50 × 0,1 = 5.",
        "Según tu plan, pagas menos.",
        "Rosa nació en 1990.",
        "El video pesa 300 MB.",
        "Marca la casilla 2.",
        "Suma todo: son 1 250 bolivianos.",
        "Llama a tu hermana y dile que son 150 pesos.",
        "Haz una **copia de seguridad**. Las copias de seguridad ayudan.",
        "Usa tu navegador, o varios navegadores.",
        "El Api es una bebida de maíz.",
    ],
)
def test_what_only_looks_like_it_is_let_be(text):
    assert found(SENTENCE, text) == []


def test_figure_of_a_story_needs_no_source():
    assert found(STORY, "El 20 % de las mujeres de su grupo vende pan.") == []


def test_figure_with_a_source_is_well_and_a_source_of_tomorrow_is_not():
    fact = LESSON.replace(SENTENCE, "El 62 % de las mujeres lo hace.")

    assert findings(fact.replace("\n+++\n\n:::", SOURCE.format("2026-11"))) == []
    (later,) = findings(fact.replace("\n+++\n\n:::", SOURCE.format("2026-12")))
    assert (later.line, later.text) == (5, "The source is of 2026-12, which is still to come. Correct its date.")


def test_link_outside_with_a_way_around_is_well():
    away = LESSON.replace(SENTENCE, "Mira [aquí](https://example.org).")

    assert findings(away.replace("\n+++\n\n:::", '\noffline = "Pregunta en tu centro."\n+++\n\n:::')) == []


@pytest.mark.parametrize(
    ("glossary", "line", "said"),
    [
        (GLOSSARY + '"router" = "Una caja."\n', 2, 'No lesson says "router". Take it out.'),
        (f'"navegador" = "{LONG}"\n', 1, '"navegador" is explained in 31 words: at most 25.'),
        ('"navegador" = "Un software para ver páginas."\n', 1, '"navegador" is explained with "software"'),
    ],
)
def test_what_is_wrong_in_the_glossary_is_found(glossary, line, said):
    (finding,) = findings(glossary=glossary)

    assert (finding.file, finding.line) == ("glossary.toml", line)
    assert finding.text.startswith(said)


def test_basic_course_has_more_to_explain():
    said = LESSON.replace(SENTENCE, "Abre la aplicación.")

    assert findings(said, course=COURSE.replace("basic", "advanced")) == []


def test_level_says_how_easily_it_must_read():
    """The same text again and again: with 8 sentences it has 62 on the scale, with 12 it has 55."""

    def told(times: int, level: str) -> list[str]:
        dense = LESSON.replace(SENTENCE, "Necesitas comunicación con vecinas y comerciantes. " * times)
        return [each.text for each in findings(dense, course=COURSE.replace("basic", level))]

    assert told(8, "basic")[0].startswith("It reads with 62 on the scale INFLESZ; 65 is the least here.")
    assert told(8, "intermediate") == []
    assert told(12, "intermediate")[0].startswith("It reads with 55 on the scale INFLESZ; 60 is the least here.")
    assert told(13, "advanced")[0].startswith("It reads with 53 on the scale INFLESZ; 55 is the least here.")


def test_answer_that_nobody_spoke_of_is_suspected_and_no_more():
    other = LESSON.replace("Se abre otra página en tu teléfono", "Baja la tarifa eléctrica").replace(
        "Así es: un enlace te lleva a otra página.", "Exacto: disminuye kilovatios domiciliarios."
    )

    (finding,) = findings(other)

    assert (finding.file, finding.line, finding.sure) == ("01-enlaces.md", 24, False)
    assert finding.text.startswith("The lessons up to here say 0% of the words of the right answer.")


def questions(count: int, right: str, wrong: str, *, place: int = 0) -> str:
    parts = []
    for number in range(count):
        choices = [
            f"- [ ] {wrong}\n  > Esto no es así, mira otra vez.",
            f"- [ ] {wrong} no\n  > Tampoco es esto, vuelve a mirar.",
        ]
        choices.insert(place if place >= 0 else number % 3, f"- [x] {right}\n  > Así es: se abre otra página.")
        parts.append(
            f"::: question p{number} one\n¿Qué es la cosa {'x' * number}?\n\n" + "\n".join(choices) + "\n:::\n"
        )
    return "\n".join(parts)


def asked(**kind: object) -> list[str]:
    begin = LESSON.index("::: question que-es")
    lesson = LESSON[:begin].replace("minutes = 3", "minutes = 5")
    return [each.text for each in findings(lesson + questions(**kind)) if each.file == "course.toml"]  # type: ignore[arg-type]


def test_right_choice_that_is_the_longest_or_the_shortest_nearly_always_is_found():
    long, short = "Se abre otra página en tu teléfono", "Nada"

    assert asked(count=10, right=long, wrong=short, place=-1) == [
        "In 10 of 10 questions the longest choice is right. Make wrong ones as long."
    ]
    assert asked(count=9, right=long, wrong=short, place=-1) == []
    assert asked(count=10, right=short, wrong=long, place=-1) == [
        "In 10 of 10 questions the shortest choice is right. Make it as long as wrong ones."
    ]
    assert asked(count=10, right=long, wrong=long[:-1], place=-1) == []


def test_right_choice_that_stands_at_one_place_nearly_always_is_found():
    assert asked(count=10, right="Otra página", wrong="Otra cámara", place=1) == [
        "In 10 of 10 questions the right choice is number 2. Mix them."
    ]


@pytest.mark.parametrize(
    ("longest", "said"),
    [
        (3, []),
        (4, [("tests.md", "In 8 of 12 questions the longest choice is right. Make wrong ones as long.")]),
    ],
)
def test_right_choice_that_half_of_a_test_shows_is_found(longest, said):
    questions = tuple(
        Question(f"q{number}", "one", "<p>?</p>", tuple(_choices(number % 4, number < longest)), "")
        for number in range(6)
    )
    forms = tuple(Lesson(f"tests-{form}", "", 2, "", questions, exam=True, test=form) for form in "ab")

    assert [(each.file, each.text) for each in check_tests(replace(kinds.a_course(), tests=forms))] == said


def _choices(right: int, long: bool) -> Iterator[Choice]:
    for place in range(4):
        words = f"La respuesta {place}" + " que más letras tiene" * (long and place == right)
        yield Choice(words, place == right, "")


def test_exam_is_held_to_its_language_and_not_to_its_form():
    exam = LESSON.replace("minutes = 3", "minutes = 15\nexam = true").replace("::: try", "::: note")
    bare = "\n".join(line for line in exam.split("\n") if not line.startswith("  > "))

    assert findings(bare) == []
    assert [each.line for each in findings(bare.replace(SENTENCE, LONG))] == [12]


@pytest.mark.parametrize(
    ("description", "said"),
    [
        ("Imagen de un teléfono con un mensaje", 'Who hears "Imagen de un teléfono'),
        ("Una foto de Rosa con su pan", 'Who hears "Una foto de Rosa'),
        ("Un teléfono", '"Un teléfono" does not tell what images/a.svg shows.'),
    ],
)
def test_description_of_a_picture_that_tells_nothing_is_found(description, said):
    shown = LESSON.replace(SENTENCE, f"Mira.\n\n![{description}](images/a.svg)\n")

    (finding,) = findings(shown, others={"images/a.svg": drawing(3)})

    assert (finding.line, finding.text[: len(said)]) == (13, said)


def drawing(points: int) -> bytes:
    """Points at places that pack badly."""
    path = " ".join(f"L{pow(n, 7, 9973)}.{pow(n, 5, 9973)} {pow(n, 3, 9967)}" for n in range(points))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><path d="M0 0 {path}"/></svg>'.encode()


def test_drawing_that_is_heavy_is_found():
    shown = LESSON.replace(SENTENCE, "Mira.\n\n![Rosa mira su teléfono](images/a.svg)\n")

    assert findings(shown, others={"images/a.svg": drawing(100)}) == []
    (finding,) = findings(shown, others={"images/a.svg": drawing(1_000)})
    assert (finding.line, "KB compressed: at most 3." in finding.text) == (13, True)


def test_course_in_another_language_is_not_held_to_spanish():
    course = compile_files(course_files("A sentence. " + "word " * 40)).course

    assert not any("sentence" in each.text.lower() for each in check_quality(course, today=TODAY))


def test_code_is_no_text():
    code = "\n```python\nAPI = 'router servidor phishing'\n```\n"

    assert found(SENTENCE, f"Lee `router`.\n{code}") == []


def test_what_only_the_trainer_reads_is_no_part_of_the_lesson():
    course = compile_files({"course.toml": COURSE.encode(), "01-enlaces.md": LESSON.encode()}).course
    guide = f"\n::: guide\nLleva un router. La ley lo pide. {LONG}\n\nTODO\n:::\n"
    written = replace(course, folder={**course.folder, "01-enlaces.md": (LESSON + guide).encode()})

    assert check_quality(written, today=TODAY) == check_quality(course, today=TODAY)

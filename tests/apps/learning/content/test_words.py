"""Words of a programme in the text of a lesson: what is replaced, what never is, and what is wrong."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.learning.content.examples import COURSE, FRONT, compile_course, course_files, errors_of
from trenza.apps.learning.content import importers, limits
from trenza.apps.learning.content.archive import pack, unpack
from trenza.apps.learning.content.course import Course, Prose
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.folder import compile_files
from trenza.apps.learning.content.markdown import make_parser
from trenza.apps.learning.content.words import VALUE, Words, keep_braces, read_words

WORDS = COURSE + '\n[words]\nmoneda = "dollars"\ncelular = "mobile phone"\n'
PROGRAMME = b'moneda = "bolivianos"\n'


def course(body: str, *, front: str = FRONT, given: bytes | None = None, manifest: str = WORDS) -> dict[str, bytes]:
    files = {**course_files(course=manifest), "01-password.md": (front + body).encode()}
    return files if given is None else {**files, "words.toml": given}


def text_of(compiled: Course) -> str:
    return "\n".join(block.html for block in compiled.lessons[0].blocks if isinstance(block, Prose))


def test_word_of_the_course_stands_in_text_titles_questions_and_pictures():
    front = '+++\ntitle = "Your {{celular}}"\nminutes = 5\nsummary = "{{ moneda }}"\n+++\n'
    body = (
        "It costs **20 {{moneda}}**, [a {{celular}}](https://example.org).\n\n![My {{celular}}](images/a.png)\n\n"
        "::: hidden More {{moneda}}\nText.\n:::\n\n::: question a one\nHow many {{moneda}}?\n\n"
        "- [x] No {{moneda}}\n  > None of your {{moneda}}.\n- [ ] One\n\n? Count {{moneda}}.\n:::\n"
    )
    (lesson,) = compile_course(course(body, front=front)).lessons
    (question,) = lesson.questions

    assert (lesson.title, lesson.summary) == ("Your mobile phone", "dollars")
    html = text_of(compile_course(course(body)))
    assert "<strong>20 dollars</strong>" in html
    assert 'alt="My mobile phone"' in html
    assert "<summary>More dollars</summary>" in html
    assert ">a mobile phone</a>" in html
    assert question.prompt_html == "How many dollars?"
    assert (question.choices[0].html, question.choices[0].feedback_html) == ("No dollars", "None of your dollars.")
    assert question.hint_html == "Count dollars."


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Write `{{moneda}}`.\n", "<p>Write <code>{{moneda}}</code>.</p>"),
        ("Write `` ` {{moneda}} ``.\n", "<p>Write <code>` {{moneda}}</code>.</p>"),
        ("```\n{{moneda}}\n```\n", "<pre><code>{{moneda}}\n</code></pre>"),
        ("    {{moneda}}\n", "<pre><code>{{moneda}}\n</code></pre>"),
        (":::: note\n```\n{{moneda}}\n```\n::::\n", "<pre><code>{{moneda}}\n</code></pre>"),
        ("Write \\{{moneda}}.\n", "<p>Write {{moneda}}.</p>"),
        ("Write {moneda} and {{ page.title }}.\n", "<p>Write {moneda} and {{ page.title }}.</p>"),
        ("A lone ` and {{moneda}}.\n\nAnother `.\n", "<p>A lone ` and dollars.</p>\n<p>Another `.</p>"),
    ],
)
def test_code_and_what_is_escaped_stay_as_they_are(body, shown):
    assert shown in text_of(compile_course(course(body)))


def test_word_that_nobody_gave_is_told_at_its_line():
    front = '+++\ntitle = "The {{pais}}"\nminutes = 5\n+++\n'
    others = {"glossary.toml": b'one = "A."\ntwo = "{{carro}}"\n'}
    files = {**course("One\nand {{Moneda}}.\n\nTwo {{micro}}.\n", front=front), **others}

    assert errors_of(files) == [
        ("01-password.md", 2, 'Nobody says what "{{pais}}" stands for.'),
        ("01-password.md", 6, 'Nobody says what "{{Moneda}}" stands for.'),
        ("01-password.md", 8, 'Nobody says what "{{micro}}" stands for.'),
        ("glossary.toml", 2, 'Nobody says what "{{carro}}" stands for.'),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("moneda = 3", 'What "moneda" stands for cannot be put into a sentence.'),
        ('moneda = ""', 'What "moneda" stands for cannot be put into a sentence.'),
        ('moneda = "**b**"', 'What "moneda" stands for cannot be put into a sentence.'),
        ('moneda = "a\\nb"', 'What "moneda" stands for cannot be put into a sentence.'),
        (f'moneda = "{"a" * (limits.WORD_LENGTH + 1)}"', 'What "moneda" stands for cannot be put into a sentence.'),
        ('Moneda = "b"', '"Moneda" is not the name of a word.'),
    ],
)
def test_word_that_is_malformed_is_told_at_its_line(line, problem):
    assert errors_of(course("Text.\n", manifest=f'{COURSE}\n[words]\na = "b"\n{line}\n')) == [
        ("course.toml", 12, problem)
    ]
    assert errors_of(course("Text.\n", given=f'a = "b"\n{line}\n'.encode())) == [("words.toml", 2, problem)]


def test_words_are_a_table_of_at_most_so_many():
    many = "".join(f'w{n} = "a"\n' for n in range(limits.WORDS + 1))

    problem = f"The words are not a list of at most {limits.WORDS}."
    assert errors_of(course("Text.\n", manifest=f"words = 3\n{COURSE}")) == [("course.toml", 1, problem)]
    assert [error[2] for error in errors_of(course("Text.\n", given=many.encode()))] == [problem]
    assert errors_of(course("Text.\n", given=b"a b")) == [
        ("words.toml", 1, "This is not TOML: Expected '=' after a key in a key/value pair.")
    ]


def test_words_that_were_given_count_over_the_courses_own_and_make_another_version():
    body = "20 {{moneda}}, one {{celular}}.\n"
    own, theirs = compile_course(course(body)), compile_course(course(body, given=PROGRAMME))

    assert text_of(own) == "<p>20 dollars, one mobile phone.</p>"
    assert text_of(theirs) == "<p>20 bolivianos, one mobile phone.</p>"
    assert own.version != theirs.version
    assert own.version == compile_course(course("20 dollars, one mobile phone.\n", manifest=COURSE)).version


def test_folder_that_is_kept_has_the_words_where_the_course_hangs_on_them():
    hanging = compile_files(course("20 {{moneda}}.\n", given=PROGRAMME)).course
    free = [
        compile_files(course("20 {{celular}}.\n", given=PROGRAMME)).course,
        compile_files(course("20 {{moneda}}.\n", given=b'moneda = "dollars"\n')).course,
        compile_files(course("20.\n", given=PROGRAMME)).course,
    ]

    assert hanging.folder["words.toml"] == PROGRAMME
    assert [("words.toml" in each.folder) for each in free] == [False] * 3
    for each in (hanging, *free):
        assert compile_course(unpack(pack(each.folder))).version == each.version


def test_words_stand_in_the_glossary_too():
    files = {**course("A plan.\n"), "glossary.toml": b'plan = "What you pay in {{moneda}}."\n'}

    assert compile_course(files).glossary == {"plan": "What you pay in dollars."}


PIECES = st.lists(
    st.sampled_from(
        ["{{a}}", "{{ b }}", "{", "}}", "`", "``", "```\n", "\\", "\n", "\n\n", "    ", "- ", "> ", "c", " "]
    ),
    max_size=14,
).map("".join)


@given(st.text("ab`\\{} \n#*-:+", max_size=60))
def test_text_without_a_word_stays_what_it_was(text):
    lines = text.split("\n")
    told: list[object] = []

    filled = Words({}, {}).fill(lines, make_parser("en"), lambda *said: told.append(said))

    assert filled == lines


@given(PIECES)
def test_lesson_of_somebody_else_shows_what_it_showed(text):
    md = make_parser("en")
    kept = keep_braces(text, md)
    told: list[object] = []

    assert Words({"a": "X", "b": "X", "ab": "X"}, {}).fill(kept.split("\n"), md, lambda *said: told.append(said)) == (
        kept.split("\n")
    )
    assert told == []
    if not text.startswith("+++"):
        assert md.render(kept) == md.render(text)


@given(st.text(max_size=30))
def test_what_a_word_stands_for_is_nothing_but_text(value):
    if VALUE.fullmatch(value):
        assert make_parser("en").render(f"a {value}").strip() == f"<p>a {value.rstrip()}</p>"


def test_course_of_others_keeps_its_braces():
    files = {"a.md": b"# Using {{title}}\n\nWrite {{name}} or `{{name}}`.\n"}
    options = importers.Options(title="A", authors=("Rosa",), licence="CC0-1.0", language="en")

    course = compile_files(importers.convert(files, "a", options, importer="markdown").files).course

    assert course.lessons[0].title == "Using {{title}}"
    assert text_of(course) == "<p>Write {{name}} or <code>{{name}}</code>.</p>"


@given(PIECES)
def test_word_is_replaced_where_it_is_text_and_only_there(text):
    md = make_parser("en")

    filled = Words({"a": "X", "b": "X"}, {}).fill(text.split("\n"), md, lambda *said: None)

    expected = re.sub(
        r"\{\{ ?[ab] ?\}\}|(<code\b.*?</code>)", lambda found: found[1] or "X", md.render(text), flags=re.DOTALL
    )
    escaped = re.search(r"\\\{\{", text)
    assert escaped or md.render("\n".join(filled)) == expected


@given(st.binary(max_size=40))
def test_any_bytes_are_words_or_told(data):
    problems = Problems()

    words = read_words(data, problems)

    assert all(VALUE.fullmatch(value) for value in words.values())

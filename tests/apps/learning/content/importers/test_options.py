import pytest

from trenza.apps.learning.content import importers
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.importers.options import CHOICES, KEYS, Options, find_options, read_options

FILE = b"""\
title = "First steps"
authors = ["Rosa Mamani", "Elena"]
videos = "drop"
split = false
"""


def errors(call, *arguments, **named) -> list[tuple[str, int, str, str]]:
    with pytest.raises(CourseErrors) as raised:
        call(*arguments, **named)
    return [(each.file, each.line, each.problem, each.remedy) for each in raised.value.errors]


def test_file_gives_options():
    assert read_options(FILE) == Options(
        title="First steps", authors=("Rosa Mamani", "Elena"), videos="drop", split=False
    )


def test_settings_win_over_the_file_and_the_file_over_what_was_given():
    given = Options(title="Given", summary="Given", code="given")

    found = find_options({"import.toml": FILE}, given, ["title=Set", "authors=Ana; Eva", "split=true"])

    assert found == Options(
        title="Set", summary="Given", code="given", authors=("Ana", "Eva"), videos="drop", split=True
    )


@pytest.mark.parametrize(
    ("line", "problem", "remedy"),
    [
        ('vidoes = "link"', 'Nobody reads "vidoes".', 'Did you mean "videos"?'),
        ("zzz = 1", 'Nobody reads "zzz".', f"Known are: {', '.join(KEYS)}."),
        ('videos = "play"', '"videos" cannot be play.', "It can be: link, drop."),
        ("split = 1", '"split" cannot be 1.', "Write true or false."),
        ("title = 3", '"title" cannot be 3.', "Write a text between quotation marks."),
        ("authors = 3", '"authors" cannot be 3.', 'Write a list of names: ["Rosa Mamani"].'),
        ('title = " "', '"title" cannot be  .', "Write a text that can be shown, and not a long one."),
    ],
)
def test_option_that_is_wrong_is_told_with_its_line(line, problem, remedy):
    assert errors(read_options, f"# mine\n{line}\n".encode()) == [("import.toml", 2, problem, remedy)]


@pytest.mark.parametrize(
    ("setting", "problem"),
    [("title", '"title" sets nothing.'), ("a=b", 'Nobody reads "a".'), ("split=maybe", '"split" cannot be maybe.')],
)
def test_setting_that_is_wrong_is_told(setting, problem):
    assert [(file, line, told) for file, line, told, _ in errors(find_options, {}, None, [setting])] == [
        ("--set", 0, problem)
    ]


def test_default_of_each_choice_is_its_first():
    assert {key: getattr(Options(), key) for key in CHOICES} == {key: values[0] for key, values in CHOICES.items()}


def test_importer_that_nobody_wrote_is_told():
    assert errors(importers.convert, {}, "x", importer="scorm")[0][2] == 'There is no importer "scorm".'
    assert errors(importers.convert, {"a.txt": b""}, "x")[0][2] == "No importer knows what kind of course this is."


def test_folder_of_ours_is_given_to_no_importer():
    assert importers.recognise(["course.toml", "meta.yml", "step_1.md"]) == ""
    assert importers.recognise(["meta.yml", "step_1.md"]) == "raspberrypi"


def test_names_of_importers_are_their_own():
    assert {name: each.NAME for name, each in importers.IMPORTERS.items()} == {
        name: name for name in importers.IMPORTERS
    }

"""The bank of a level check: everything that is wrong with it is told, with its place."""

from pathlib import Path

import pytest

from trenza.apps.learning.content.bank import LEAST_ITEMS, LEVELS, PROFICIENCY, compile_bank, read_bank
from trenza.apps.learning.content.errors import CourseErrors


def level(name: str, items: int = LEAST_ITEMS) -> str:
    codes = [f"{name}-{n}" for n in range(items)]
    table = "\n".join(f'{code} = "1.1/{PROFICIENCY[name][0]}"' for code in codes)
    asked = "\n".join(
        f"::: question {code} one\nWhat of {code}?\n\n- [ ] No\n- [x] **Yes**\n- [ ] Never\n:::\n" for code in codes
    )
    return f'+++\ntitle = "A level"\nminutes = 5\n\n[items]\n{table}\n+++\n\n{asked}'


def a_bank(**changes: str) -> dict[str, bytes]:
    about = 'format = 1\nlanguage = "es"\nlicence = "CC-BY-SA-4.0"\nauthors = ["Trenza"]\n'
    files = {"bank.toml": about, **{f"{name}.md": level(name) for name in LEVELS}}
    files |= {f"{name}.md": text for name, text in changes.items()}
    return {name: text.encode() for name, text in files.items()}


def wrong(files: dict[str, bytes]) -> list[str]:
    with pytest.raises(CourseErrors) as caught:
        compile_bank(files)
    return [str(error) for error in caught.value.errors]


def test_items_are_read_with_their_place_in_digcomp():
    bank = compile_bank(a_bank())

    item = bank.items[0]
    assert len(bank.items) == 3 * LEAST_ITEMS
    assert (item.code, item.level, item.competence, item.proficiency, item.kind) == (
        "basic-0",
        "basic",
        "1.1",
        1,
        "one",
    )
    assert (item.choices, item.right) == (("No", "<strong>Yes</strong>", "Never"), 1)
    assert sorted(bank.source) == ["advanced.md", "bank.toml", "basic.md", "intermediate.md"]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ('"1.4/1"', "1.4/1 is no competence and proficiency of this level."),
        ('"1.1/3"', 'Write a competence of DigComp 2.2 and 1 or 2, for example `"1.1/1"`.'),
        ("11", "11 is no competence and proficiency of this level."),
    ],
)
def test_place_that_digcomp_does_not_have_is_told(place, said):
    text = level("basic").replace('basic-3 = "1.1/1"', f"basic-3 = {place}")

    [error] = wrong(a_bank(basic=text))

    assert error.startswith("basic.md:9: ")
    assert said in error


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('basic-0 = "1.1/1"\n', "", 'The question "basic-0" is not in `[items]`.'),
        ("question basic-0 one", "question other one", 'The question "basic-0" is missing.'),
        ("question basic-0 one", "question basic-0 several", 'The question "basic-0" is of another kind.'),
        ("[items]", "[pairs]", "The front matter has no table `[items]`."),
        ("- [x] **Yes**", "- [ ] **Yes**", "No choice is right."),
    ],
)
def test_what_does_not_agree_is_told(old, new, said):
    assert any(said in error for error in wrong(a_bank(basic=level("basic").replace(old, new, 1))))


def test_level_that_lacks_items_is_an_error():
    [error] = wrong(a_bank(advanced=level("advanced", LEAST_ITEMS - 1)))

    assert error.startswith(f"advanced.md: The level has {LEAST_ITEMS - 1} questions.")


def test_code_that_two_levels_use_is_told():
    files = a_bank(advanced=level("advanced").replace("advanced-0", "basic-0"))

    assert any('"basic-0" is used twice' in error for error in wrong(files))


@pytest.mark.parametrize("name", ["bank.toml", "basic.md", "intermediate.md", "advanced.md"])
def test_file_that_is_missing_or_is_no_text_is_told(name):
    files = a_bank()

    assert any(name in error for error in wrong({each: data for each, data in files.items() if each != name}))
    assert any(name in error for error in wrong({**files, name: b"\xff\xfe"}))


@pytest.mark.parametrize(
    "about",
    ["", "format = 2", 'language = "español"', "authors = []", "authors = [1]", "licence = 3", "other = 1", "= = ="],
)
def test_bad_bank_toml_is_told_and_never_breaks(about):
    assert any("bank.toml" in error for error in wrong({**a_bank(), "bank.toml": about.encode()}))


def test_folder_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(CourseErrors, match="no such folder"):
        read_bank(tmp_path / "nowhere")

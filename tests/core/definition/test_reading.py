from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.definition.examples import GOOD, changed, line_of, problems, read
from trenza.core.definition import check_directory, read_definition, render_problems


def test_good_definition_is_read():
    definition = read(GOOD)

    assert definition.code == "prueba"
    assert [region.code for region in definition.section("region")] == ["el-alto"]
    assert definition.codes("track.module") == ["uno", "dos"]
    assert definition.find("track", "basico").module[1].requirement.by == "trainer"
    assert definition.find("track", "nada") is None
    assert definition.section("follows") == []


def test_line_of_what_is_not_there_is_that_of_the_table_around_it():
    definition = read(GOOD)

    assert definition.line(("track", 0, "module", 1, "after", 3)) == line_of(GOOD, 'name = "Dos"') - 2
    assert definition.line(("nothing",)) == 1


def test_every_problem_is_told_at_once_with_its_line():
    source = changed(
        ('summary = "Una prueba."\n', ""),
        ('languages = ["es"]', 'languages = ["spa"]'),
        ('roles = ["organiser"]', 'roles = ["organizer"]'),
        ('iso = "BO-L"', 'iso = "BO-LP"'),
        ('name = "Dos"', 'nmae = "Dos"'),
        ('by = "trainer"', "by = 3"),
        ('regions = ["el-alto"]', 'regions = ["el-atlo"]'),
        ("ends_on = 2026-12-31", "ends_on = 2025-12-31"),
    )

    assert problems(source) == [
        '3: programme: "summary" is missing; write it',
        '6: programme: "spa" is not how BCP 47 names this language; write "es"',
        '12: organisation "casa": "roles" cannot be "organizer"; did you mean "organiser"?',
        '17: region "el-alto": "BO-LP" is no subdivision of ISO 3166-2 and no country; did you mean "BO-P" (Potosí)?',
        '29: track "basico", module "dos": "name" is missing; write it',
        '31: track "basico", module "dos": the key "nmae" is not known here; did you mean "name"?',
        '32: track "basico", module "dos": "by" cannot be 3; use trainer, coordinator or mentor',
        '38: edition "2026": the region "el-atlo" is not in [[region]]; did you mean "el-alto"?',
        '41: edition "2026": it ends before it starts; correct starts_on or ends_on',
    ]


CODES_ARE = 'a code has lower-case letters and digits, and hyphens between them, such as "el-alto"'
A_DATE = '"starts_on" must be a date such as 2026-05-31, without quotes'
ISO = "is no subdivision of ISO 3166-2 and no country"
# What is changed in the good definition, on which line the problem is then told, and in which words.
PROBLEMS = [
    ("format = 1\n", "", 1, '"format" is missing; begin the file with format = 1'),
    ("format = 1", "format = 2", 1, "this format is not known; this version reads format = 1"),
    ("format = 1", "format = true", 1, "this format is not known; this version reads format = 1"),
    ("[[region]]", "[[regoin]]", 15, 'the section "regoin" is not known; did you mean "region"?'),
    ("[[region]]", "[region]", 15, 'region: "region" must be a list; write [[region]]'),
    ('code = "casa"', 'code = "La Casa"', 11, f'organisation "La Casa": "code" cannot be "La Casa"; {CODES_ARE}'),
    ('name = "La Casa"', "name = 7", 12, 'organisation "casa": "name" must be text in quotes; it is 7'),
    ('iso = "BO-L"', 'iso = "bo-l"', 18, f'region "el-alto": "bo-l" {ISO}; did you mean "BO-L" (La Paz)?'),
    ('["BO"]', '["BLO"]', 40, 'edition "2026": "BLO" is no country of ISO 3166-1; did you mean "BO"?'),
    ('languages = ["es"]', 'languages = ["es-XX"]', 7, 'programme: "es-XX" names no known country; write "es"'),
    ("starts_on = 2026-01-01", 'starts_on = ""', 41, f'edition "2026": {A_DATE}; it is ""'),
    ("= 2026-01-01", "= 2026-01-01T00:00:00", 41, f'edition "2026": {A_DATE}; it is 2026-01-01 00:00:00'),
    ('kind = "course", ', "", 28, 'track "basico", module "uno": "kind" is missing; write it'),
    ('"course", ', '"curse", ', 28, 'track "basico", module "uno": "kind" cannot be "curse"; did you mean "course"?'),
    ('= ["basico"]', '= "b"', 38, 'edition "2026": "tracks" must be a list in square brackets; it is "b"'),
    ('"dos"', '"uno"', 31, 'track "basico", module "uno": this code stands twice; the first is on line 26'),
    ("2026-01-01", "2026-02-30", 41, "2026-02-30 is no value: invalid date or datetime; write it as TOML asks"),
    ('name = "Prueba"', 'name = "P"\nname = "O"', 6, 'the key "name" stands twice; the first is on line 5'),
    ('"Prueba"', '"a\\u0000"', 5, '"name" holds a control character; remove it; a line break is the only one allowed'),
    ("ends_on = 2026-12-31\n", "ends_on = ", 42, "a value is missing; write it as TOML asks"),
    ('"Prueba"', '"a\\u0085"', 5, '"name" holds a control character; remove it; a line break is the only one allowed'),
    ('["el-alto"]', '[\n"el-alto",\n"n"]', 41, 'edition "2026": the region "n" is not in [[region]]; use el-alto'),
    ('"Prueba"', "99999999999", 5, '"name" is larger than 2147483647; give a smaller number'),
    ('"Prueba"', "nan", 5, '"name" is no finite number; give a number'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "said"), PROBLEMS)
def test_problem_says_where_what_and_what_to_do(old, new, line, said):
    assert f"{line}: {said}" in problems(changed((old, new)))


def test_several_syntax_errors_are_told_apart():
    source = changed(
        ('name = "Prueba"', "name = 2026-02-30"), ('name = "El Alto"', 'name = "El \\q"'), ("[[edition]]", "[[edition]")
    )

    found = problems(source)

    assert [int(problem.split(":")[0]) for problem in found] == [
        5,
        line_of(source, "El \\q"),
        line_of(source, "[[edition]"),
    ]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"\xef\xbb\xbfformat = 1", "1: the file begins with a byte-order mark; save it as UTF-8 without"),
        (b"format = 1\n# \xff", "2: this is not UTF-8; save the file as UTF-8"),
        (b"#" * 300_000, "1: the file has 300000 bytes, 262144 are the most; is it a definition?"),
        (b"a = " + b"[" * 40 + b"]" * 40, "1: values are nested too deeply; keep the file flat"),
        (b".".join([b"a"] * 5_000) + b" = 1", "1: values are nested too deeply; keep the file flat"),
        (b"a = [" + b"1," * 600 + b"]", '1: "a" has 600 items, 500 are the most; is it a list of a definition?'),
        (b"a = " + b"9" * 5_000, None),
    ],
)
def test_strange_files_are_refused_in_words(source, said):
    found = problems(source)

    assert len(found) == 1
    assert said is None or found == [said]


def test_check_directory_names_the_file_as_it_was_given(tmp_path: Path):
    folder = tmp_path / "otra"
    (folder / "courses" / "uno").mkdir(parents=True)
    (folder / "courses" / "uno" / "course.toml").touch()
    (folder / "programme.toml").write_text(GOOD)

    assert render_problems(check_directory(folder)) == (
        f'{folder}/programme.toml:4: programme: the code "prueba" is not the name of its folder; '
        'write "otra", or rename the folder'
    )
    folder.rename(tmp_path / "prueba")
    assert check_directory(tmp_path / "prueba") == []
    assert read_definition(tmp_path / "prueba" / "programme.toml").folder == tmp_path / "prueba"


def test_folder_without_a_definition_is_a_problem(tmp_path: Path):
    [problem] = check_directory(tmp_path)

    assert (problem.line, problem.message) == (1, "cannot be read: No such file or directory")


@given(st.binary(max_size=400))
def test_reading_any_bytes_gives_problems_or_a_definition(source):
    assert problems(source) or read(source)


LINES = GOOD.splitlines(keepends=True)
WORDS = st.sampled_from(
    ["= ", "[", "]", "{", "}", '"', "'", '"""', "\n", "[[x]]", "[[region]]", "[programme]", "1", "-", ".", ",", "true",
     "code = 1\n", "2026-01-01", "nan", "é", "\\u0000", "\\", "#", "after = [\"uno\"]\n", "\x00", "a.b.c = {}"]
)  # fmt: skip


@given(st.data())
def test_reading_a_torn_definition_gives_problems_or_a_definition(data):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 5))):
        number = data.draw(st.integers(0, len(lines) - 1))
        line = lines[number]
        cut = data.draw(st.integers(0, len(line)))
        lines[number] = data.draw(
            st.sampled_from([line[:cut], line[cut:], line + line, line[:cut] + data.draw(WORDS) + line[cut:]])
        )
        if data.draw(st.booleans()):
            lines.insert(data.draw(st.integers(0, len(lines))), lines.pop(number))
    source = "".join(lines)

    found = problems(source)
    assert found or read(source)
    assert all(1 <= int(problem.partition(":")[0]) <= source.count("\n") + 1 for problem in found)

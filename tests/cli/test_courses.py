"""`trenza course`: what an author and a coordinator see of it, and how it exits."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.apps.learning.content.examples import course_files, picture
from tests.apps.learning.examples import published
from tests.shared import shared_data
from trenza.apps.learning.api import build_course, write_files
from trenza.apps.learning.models import CourseVersion
from trenza.cli.commands import main
from trenza.core import files

PROGRAMMES = Path(__file__).parents[2] / "programmes"
COURSES = sorted(path.parent for path in PROGRAMMES.glob("*/courses/*/course.toml"))
BODY = "![red](images/a.png) <blink>x</blink>"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["course", *(str(word) for word in words)])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A course of ours with a picture that no lesson shows."""
    write_files(course_files(BODY, {"images/b.png": picture(color="blue")}), tmp_path / "source")
    return tmp_path / "source"


# --- import ---


def test_import_writes_a_folder_that_builds_to_the_same_course(source, tmp_path):
    result = run("import", source, tmp_path / "a" / "mine")

    assert result.exit_code == 0
    assert sorted(contents(tmp_path / "a" / "mine")) == ["01-password.md", "course.toml", "images/a.png"]
    assert build_course(tmp_path / "a" / "mine")[0].version == build_course(source)[0].version
    assert "Images and recordings in the folder that no lesson shows, left out\n  - images/b.png\n" in result.output
    assert result.output.endswith(f"3 files. Look at it again with: trenza course check {tmp_path / 'a' / 'mine'}\n")


def test_import_of_a_foreign_course_is_ours_afterwards(tmp_path):
    foreign = shared_data() / "courses" / "hola-mundo-es"

    result = run("import", foreign, tmp_path / "hola", "--set", "code=hola", "--set", "title=¡Hola!")

    again, report = build_course(tmp_path / "hola")
    assert result.exit_code == 0
    assert (report.format, again.code, again.title) == ("trenza", "hola", "¡Hola!")
    assert "Missing in the source" in result.output


def test_import_takes_its_options_from_a_file(tmp_path):
    foreign = shared_data() / "courses" / "hola-mundo-es"
    (tmp_path / "mine.toml").write_text('code = "hola"\nlanguage = "es-419"\n', encoding="utf-8")

    assert run("import", foreign, tmp_path / "hola", "--with", tmp_path / "mine.toml").exit_code == 0

    course, _ = build_course(tmp_path / "hola")
    assert (course.code, course.language) == ("hola", "es-419")


@pytest.mark.parametrize("there", ["a file", "a full folder", "a link"])
def test_import_never_writes_over_what_is_there(source, tmp_path, there):
    dest = tmp_path / "dest"
    if there == "a file":
        dest.write_text("mine")
    elif there == "a full folder":
        dest.mkdir()
        (dest / "mine.txt").write_text("mine")
    else:
        (tmp_path / "elsewhere").mkdir()
        dest.symlink_to(tmp_path / "elsewhere")
    before = sorted(tmp_path.rglob("*"))

    result = run("import", source, dest)

    assert (result.exit_code, result.output) == (
        1,
        f"{dest}: Something is there already. Name a new or an empty folder.\n",
    )
    assert sorted(tmp_path.rglob("*")) == before


def test_import_writes_into_an_empty_folder(source, tmp_path):
    (tmp_path / "dest").mkdir()

    assert run("import", source, tmp_path / "dest").exit_code == 0
    assert (tmp_path / "dest" / "course.toml").is_file()


def test_import_of_a_course_with_errors_writes_nothing(source, tmp_path):
    (source / "01-password.md").write_text("no title", encoding="utf-8")

    result = run("import", source, tmp_path / "dest")

    assert (result.exit_code, (tmp_path / "dest").exists()) == (1, False)
    assert result.output.startswith("01-password.md:1: The lesson does not begin with its title.")


def test_import_that_cannot_be_written_leaves_nothing_behind(source, tmp_path, monkeypatch):
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(Path, "write_bytes", full)

    result = run("import", source, tmp_path / "dest")

    assert result.exit_code == 1
    assert result.output == (
        f"{tmp_path / 'dest'}: The folder cannot be written (No space left on device). Nothing was written there.\n"
    )
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--set", "colour=red"], "--set: "),
        (["--set", "code"], '--set: "code" sets nothing.'),
        (["--as", "nothing"], 'There is no importer "nothing".'),
    ],
)
def test_import_says_which_option_is_wrong(tmp_path, options, said):
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "meta.yml").write_text("title: x\n")
    (tmp_path / "foreign" / "step_1.md").write_text("# x\n")

    result = run("import", tmp_path / "foreign", tmp_path / "dest", *options)

    assert (result.exit_code, said in result.output) == (1, True)


# --- check ---


def test_check_tells_errors_and_warnings_of_every_course_with_their_place(source, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(source, broken)
    (broken / "01-password.md").write_text(
        '+++\ntitle = "A"\nminutes = 5\n+++\n[x](02-none.md)\n\n![](images/a.png)\n\n![c](images/c.png)\n\n'
        "::: question a one\nW?\n\n- [ ] b\n- [ ] c\n:::\n",
        encoding="utf-8",
    )

    result = run("check", broken, source)

    assert result.exit_code == 1
    places = [line.split(": ")[0] for line in result.output.splitlines()]
    assert places == [
        f"{broken}/01-password.md:5",
        f"{broken}/01-password.md:7",
        f"{broken}/01-password.md:9",
        f"{broken}/01-password.md:11",
        f"{source}/01-password.md:5",
        *[f"{source}/01-password.md"] * 4,
        f"{source}/01-password.md:5",
        f"{source}/images/b.png",
        "2 courses",
    ]
    assert result.output.endswith("2 courses: 4 errors, 7 warnings.\n")


def test_check_of_a_course_with_warnings_alone_exits_0(source):
    result = run("check", source)

    assert (result.exit_code, result.output.endswith("1 courses: 0 errors, 7 warnings.\n")) == (0, True)


def test_lessons_that_lead_to_one_another_are_no_fault(tmp_path):
    front = '+++\ntitle = "{0}"\nminutes = 5\n+++\n[There]({1})\n'
    manifest = course_files()["course.toml"].decode().replace('["01-password.md"]', '["01-a.md", "02-b.md"]')
    write_files(
        {
            "course.toml": manifest.encode(),
            "01-a.md": front.format("A", "02-b.md").encode(),
            "02-b.md": front.format("B", "01-a.md").encode(),
        },
        tmp_path / "cycle",
    )

    result = run("check", tmp_path / "cycle")

    assert (result.exit_code, "01-a.md:5" in result.output, "02-b.md:5" in result.output) == (0, False, False)


def test_courses_that_are_shipped_have_no_errors():
    result = run("check", PROGRAMMES)

    assert (result.exit_code, f"\n{len(COURSES)} courses: 0 errors, " in result.output) == (0, True)


def leveled(source: Path, level: str = "basic") -> Path:
    manifest = source / "course.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + f'level = "{level}"\n', encoding="utf-8")
    return source


def test_what_makes_a_lesson_worse_is_an_error_where_the_course_states_its_level(source):
    assert run("check", source).exit_code == 0

    result = run("check", leveled(source))

    assert (result.exit_code, "1 courses: 5 errors, 2 warnings.\n" in result.output) == (1, True)
    assert f"{source}/01-password.md: She is given nothing to do." in result.output


@pytest.mark.django_db
def test_what_makes_a_lesson_worse_keeps_nobody_from_publishing_it(source):
    assert run("publish", leveled(source)).exit_code == 0


def test_folder_of_programmes_is_checked_with_a_table_of_what_it_holds(source, tmp_path):
    for place in ("a/courses/one", "a/courses/two", "b/courses/three", "b/.git/four"):
        shutil.copytree(source, tmp_path / "all" / place)
    for programme in "ab":
        (tmp_path / "all" / programme / "programme.toml").touch()

    lines = run("check", tmp_path / "all").output.splitlines()

    assert lines[-1] == "3 courses: 0 errors, 21 warnings."
    start = lines.index("") + 1
    assert [line.split()[:-1] for line in lines[start + 1 : -2]] == [
        ["a", "2", "0", "10"],
        ["first-steps", "1", "0", "5"],
        ["first-steps", "1", "0", "5"],
        ["b", "1", "0", "5"],
        ["first-steps", "1", "0", "5"],
        ["3", "courses", "3", "0", "15"],
    ]


def test_programme_that_weighs_too_much_is_an_error(source, tmp_path, monkeypatch):
    shutil.copytree(source, tmp_path / "all" / "one")
    assert run("check", tmp_path / "all").exit_code == 0
    monkeypatch.setattr("trenza.cli.checking.PROGRAMME_SIZE", 100)

    result = run("check", tmp_path / "all")

    assert result.exit_code == 1
    assert f"{tmp_path / 'all'}: Its courses weigh 0 KB without recordings, more than 0." in result.output


def test_folder_without_any_course_is_told(tmp_path):
    result = run("check", tmp_path)

    assert (result.exit_code, "The file is missing" in result.output) == (1, True)


def test_ten_thousand_files_are_refused_in_one_sentence(tmp_path):
    (tmp_path / "many").mkdir()
    for number in range(10_000):
        (tmp_path / "many" / f"{number}.md").touch()

    result = run("check", tmp_path / "many")

    assert result.output.splitlines() == [
        f"{tmp_path / 'many'}: More than 2,000 files or 64 MB. Take out what the course does not use.",
        "1 courses: 1 errors, 0 warnings.",
    ]


# --- export ---


@pytest.mark.django_db
def test_export_is_the_folder_that_was_published(source, tmp_path):
    run("publish", source)

    result = run("export", "first-steps", tmp_path / "out")

    version = CourseVersion.objects.get()
    assert result.output == f"{tmp_path / 'out'}: first-steps {version.short}, version 1, 3 files.\n"
    assert contents(tmp_path / "out") == {
        name: data for name, data in contents(source).items() if name != "images/b.png"
    }
    assert build_course(tmp_path / "out")[0].version == version.digest


@pytest.mark.django_db
def test_export_of_every_course_that_is_shipped_is_the_same_course(tmp_path):
    for folder in COURSES:
        run("publish", folder)

    for version in CourseVersion.objects.select_related("course"):
        assert run("export", version.course.code, tmp_path / version.course.code).exit_code == 0
        again, report = build_course(tmp_path / version.course.code)
        assert (again.version, report.unused) == (version.digest, ())
    assert CourseVersion.objects.count() == len(COURSES)


@pytest.mark.django_db
def test_export_gives_the_version_that_is_named(source, tmp_path):
    run("publish", source)
    lesson = source / "01-password.md"
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    run("publish", source)
    old, new = CourseVersion.objects.order_by("number")

    names = ["", "@1", "@2", f"@{old.short}", f"@{old.digest}", f"@{new.digest[:8]}"]
    for number, name in enumerate(names):
        run("export", f"first-steps{name}", tmp_path / str(number))

    digests = [build_course(tmp_path / str(number))[0].version for number in range(len(names))]
    assert digests == [new.digest, old.digest, new.digest, old.digest, old.digest, new.digest]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nothing", "first-steps@2", "first-steps@0", "first-steps@abc", "first-steps@²"])
def test_export_of_what_was_not_published_says_so(source, tmp_path, name):
    run("publish", source)

    result = run("export", name, tmp_path / "out")

    assert (result.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert result.output.startswith(("No course is called nothing.", "No version "))


@pytest.mark.django_db
def test_export_of_a_version_without_its_source_says_what_to_do(tmp_path):
    version = published("uno")

    result = run("export", "uno", tmp_path / "out")

    assert (result.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert result.output == (
        f"uno {version.short} was published before sources were kept. "
        "Publish it again from its folder, and export that.\n"
    )


@pytest.mark.django_db
def test_export_of_a_version_whose_file_is_lost_names_the_file(source, tmp_path):
    run("publish", source)
    version = CourseVersion.objects.get()
    kept = files.find(version.archive)
    assert kept
    kept.unlink()

    result = run("export", "first-steps", tmp_path / "out")

    assert result.output == (
        f"first-steps {version.short}: the file {version.archive} is not there. Restore it from a backup.\n"
    )


@pytest.mark.django_db
def test_publishing_again_keeps_the_source_that_was_missing(source, tmp_path):
    run("publish", source)
    CourseVersion.objects.update(archive="")

    run("publish", source)

    assert run("export", "first-steps", tmp_path / "out").exit_code == 0
    assert CourseVersion.objects.count() == 1


@pytest.mark.django_db
def test_export_of_a_course_with_words_of_its_programme_is_the_same_version_without_it(source, tmp_path):
    lesson = source / "01-password.md"
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\n20 {{moneda}}.\n", encoding="utf-8")
    (tmp_path / "p" / "courses").mkdir(parents=True)
    folder = source.rename(tmp_path / "p" / "courses" / "first-steps")
    (tmp_path / "p" / "programme.toml").write_text('[words]\nmoneda = "bolivianos"\n', encoding="utf-8")
    run("publish", folder)

    run("export", "first-steps", tmp_path / "out")

    version = CourseVersion.objects.get()
    assert "20 bolivianos." in version.lessons.get().body
    assert (tmp_path / "out" / "01-password.md").read_bytes() == (folder / "01-password.md").read_bytes()
    assert build_course(tmp_path / "out")[0].version == version.digest


# --- schema ---


def test_schema_writes_what_is_in_the_documentation(tmp_path):
    result = run("schema", tmp_path / "schemas")

    shipped = Path(__file__).parents[2] / "docs" / "schemas"
    names = ["course.schema.json", "glossary.schema.json", "import.schema.json", "lesson.schema.json"]
    assert result.output.splitlines() == [str(tmp_path / "schemas" / name) for name in sorted(names)]
    assert contents(tmp_path / "schemas") == {name: (shipped / name).read_bytes() for name in names}


# --- programme export ---


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["iyf-conectadas", "mujeres-online", "tigo-conectadas"])
def test_programme_is_exported_with_its_courses_and_loads_again(tmp_path, code):
    load(PROGRAMMES / code)
    digests = set(CourseVersion.objects.values_list("digest", flat=True))

    result = CliRunner().invoke(main, ["programme", "export", code, "--folder", str(tmp_path / code)])

    text = CliRunner().invoke(main, ["programme", "export", code]).output
    courses = sorted(path.name for path in (PROGRAMMES / code / "courses").iterdir())
    assert (result.exit_code, (tmp_path / code / "programme.toml").read_text(encoding="utf-8")) == (0, text)
    assert sorted(path.name for path in (tmp_path / code / "courses").iterdir()) == courses
    assert {build_course(tmp_path / code / "courses" / name)[0].version for name in courses} == digests
    assert load(tmp_path / code).startswith(f"{code}: version 1 of its definition")
    assert CourseVersion.objects.count() == len(courses)


@pytest.mark.django_db
def test_programme_whose_courses_have_no_source_is_not_exported_in_part(tmp_path):
    code = "mujeres-online"
    load(PROGRAMMES / "mujeres-online")
    CourseVersion.objects.filter(course__code="conectate").update(archive="")

    result = CliRunner().invoke(main, ["programme", "export", "mujeres-online", "--folder", str(tmp_path / code)])

    assert (result.exit_code, (tmp_path / code).exists()) == (1, False)
    assert result.output.startswith("conectate ")
    assert "was published before sources were kept" in result.output


@pytest.mark.django_db
def test_programme_is_exported_to_a_folder_of_its_name_alone(tmp_path):
    load(PROGRAMMES / "mujeres-online")

    result = CliRunner().invoke(main, ["programme", "export", "mujeres-online", "--folder", str(tmp_path / "mine")])

    assert (result.exit_code, (tmp_path / "mine").exists()) == (1, False)
    assert result.output == (
        f"A programme's folder is called as the programme is. Name it {tmp_path / 'mine' / 'mujeres-online'}.\n"
    )


def load(folder: Path) -> str:
    return CliRunner().invoke(main, ["programme", "load", str(folder)]).output

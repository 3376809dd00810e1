import gzip

from tests.apps.learning.content.examples import COURSE, QUESTION, course_files, picture
from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.build import build_course
from trenza.apps.learning.content.folder import write_course
from trenza.apps.learning.content.report import render_report

BODY = f"![red](images/a.png) <blink>x</blink>\n\n{QUESTION}"


def test_build_of_our_own_format_reports_what_it_holds_and_weighs(tmp_path):
    write_course(course_files(BODY, {"images/b.png": picture(color="blue")}), tmp_path / "c")

    course, report = build_course(tmp_path / "c")

    (lesson,) = report.lessons
    body = lesson_body_html(course, course.lessons[0]).encode()
    assert (report.format, report.code, report.version) == ("trenza", "first-steps", course.version)
    assert report.kept == {"lessons": 1, "questions": 1, "choices": 2, "feedbacks": 2, "images": 1}
    assert (lesson.code, lesson.questions, lesson.images) == ("01-password", 1, 1)
    assert lesson.body_size == len(gzip.compress(body, 9, mtime=0))
    assert lesson.image_size == sum(map(len, course.files.values())) > 0  # one file: it is small, and WebP
    assert [(remark.file, remark.line) for remark in report.removed] == [("01-password.md", 5)]
    assert report.unused == ("images/b.png",)
    assert (report.missing, report.changed, report.warnings) == ((), (), ())


def test_report_is_plain_text(tmp_path):
    write_course(course_files(BODY), tmp_path / "c")
    course, report = build_course(tmp_path / "c")
    (lesson,) = report.lessons

    assert render_report(report) == (
        "First steps (first-steps)\n"
        f"  version    {course.version[:12]}\n"
        "  format     trenza\n"
        "  language   en\n"
        "  licence    CC-BY-SA-4.0\n"
        "  authors    Trenza\n"
        "\n"
        "Lessons: questions, images with their KB, KB of the page's body compressed\n"
        f"    1. 01-password   1 questions   1 images    {lesson.image_size / 1024:.1f} KB"
        f"  body   {lesson.body_size / 1024:.1f} KB  A password\n"
        "\n"
        "Kept\n"
        "      1 lessons\n"
        "      1 questions\n"
        "      2 choices\n"
        "      2 feedbacks\n"
        "      1 images\n"
        "\n"
        "Taken out\n"
        "  - 01-password.md:5: <blink> was taken out. Write what it said as text; for a `<` that is meant as a letter"
        " write `&lt;`.\n"
    )


def test_build_is_repeatable(tmp_path):
    for name in ("a", "b"):
        write_course(course_files(BODY, course=COURSE), tmp_path / name)

    assert build_course(tmp_path / "a")[0] == build_course(tmp_path / "b")[0]

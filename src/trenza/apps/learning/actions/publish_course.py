import gzip

from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.course import Course as CompiledCourse
from trenza.apps.learning.content.course import Question
from trenza.apps.learning.events import CoursePublished
from trenza.apps.learning.models import Course, CourseVersion, Lesson
from trenza.apps.people.api import Person
from trenza.core import clock, files
from trenza.core.ids import named_id
from trenza.core.journal import action, record


@action
def publish_course(*, course: CompiledCourse, by: Person | None, optional: bool = False) -> CourseVersion:
    """Publish a compiled course as a version named by its hash; publishing the same content again changes nothing.

    Ids of versions and lessons follow from their content, so that every server and phone knows them by the same name.
    """
    for name, content in course.files.items():
        files.put(name, content)
    row, _ = Course.objects.get_or_create(
        code=course.code, defaults={"id": named_id("course", course.code), "optional": optional}
    )
    published = CourseVersion.objects.filter(digest=course.version).first()
    if published:
        return published
    version = CourseVersion.objects.create(
        id=named_id("course version", course.version),
        course=row,
        digest=course.version,
        number=row.versions.count() + 1,
        title=course.title,
        summary=course.summary,
        language=course.language,
        licence=course.licence,
        authors=list(course.authors),
        source=course.source,
        pass_score=course.pass_score,
        published_at=clock.now(),
        published_by=by,
    )
    Lesson.objects.bulk_create(_lessons(course, version))
    record(CoursePublished(version=version.id), by=by.id if by else None, about=None)
    return version


def _lessons(course: CompiledCourse, version: CourseVersion) -> list[Lesson]:
    rows = []
    for position, lesson in enumerate(course.lessons):
        body = lesson_body_html(course, lesson)
        rows.append(
            Lesson(
                id=named_id("lesson", course.version, lesson.code),
                version=version,
                code=lesson.code,
                position=position,
                title=lesson.title,
                minutes=lesson.minutes,
                summary=lesson.summary,
                body=body,
                body_bytes=len(gzip.compress(body.encode(), 9)),
                questions=[_question(question) for question in lesson.questions],
            )
        )
    return rows


def _question(question: Question) -> dict[str, object]:
    return {
        "code": question.code,
        "kind": question.kind,
        "prompt": question.prompt_html,
        "hint": question.hint_html,
        "choices": [
            {"html": choice.html, "right": choice.right, "feedback": choice.feedback_html}
            for choice in question.choices
        ],
    }

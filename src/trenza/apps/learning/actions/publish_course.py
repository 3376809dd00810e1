import hashlib
from collections.abc import Mapping

from trenza.apps.learning.content.archive import pack
from trenza.apps.learning.content.asked import stored
from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.course import Course as CompiledCourse
from trenza.apps.learning.content.guides import guide_content
from trenza.apps.learning.content.media import media_weights
from trenza.apps.learning.content.pictures import picture_weights
from trenza.apps.learning.content.report import packed_size
from trenza.apps.learning.events import CoursePublished
from trenza.apps.learning.models import Course, CourseVersion, Lesson
from trenza.apps.learning.packs import pack_of
from trenza.apps.people.api import Person
from trenza.core import clock, files
from trenza.core.ids import named_id
from trenza.core.journal import action, record


@action
def publish_course(*, course: CompiledCourse, by: Person | None, optional: bool = False) -> CourseVersion:
    """Publish a compiled course as a version named by its hash; publishing the same content again changes nothing.

    Ids of versions and lessons follow from their content, so that every server and phone knows them by the same name.
    The source is kept beside it; a version that was published without one gets it, which changes nothing that she sees.
    """
    for name, content in course.files.items():
        files.put(name, content)
    row, _ = Course.objects.get_or_create(
        code=course.code, defaults={"id": named_id("course", course.code), "optional": optional}
    )
    archive = _keep_source(course)
    published = CourseVersion.objects.filter(digest=course.version).first()
    if published:
        if archive and not published.archive:
            published.archive = archive
            published.save(update_fields=["archive"])
        return published
    pages = (*course.lessons, *course.tests)
    bodies = {lesson.code: lesson_body_html(course, lesson) for lesson in pages}
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
        body_bytes=sum(packed_size(body) for body in bodies.values()),
        image_bytes=sum(picture_weights(bodies.values()).values()),
        archive=archive,
        published_at=clock.now(),
        published_by=by,
    )
    Lesson.objects.bulk_create(_lessons(course, version, bodies))
    pack_of(version)
    record(CoursePublished(version=version.id), by=by.id if by else None, about=None)
    return version


def _keep_source(course: CompiledCourse) -> str:
    """Keep the folder that the course was compiled from; the name of its archive, empty if it came from none."""
    if not course.folder:
        return ""
    archive = pack(course.folder)
    name = f"{hashlib.sha256(archive).hexdigest()}.zip"
    files.put(name, archive)
    return name


def _lessons(course: CompiledCourse, version: CourseVersion, bodies: Mapping[str, str]) -> list[Lesson]:
    rows = []
    for position, lesson in enumerate((*course.lessons, *course.tests)):
        body = bodies[lesson.code]
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
                body_bytes=packed_size(body),
                image_bytes=sum(picture_weights([body]).values()),
                media_bytes=sum(media_weights([body]).values()),
                questions=[stored(question, exam=lesson.exam) for question in lesson.questions],
                exam=lesson.exam,
                guide=guide_content(lesson, course.language),
                test=lesson.test,
            )
        )
    return rows

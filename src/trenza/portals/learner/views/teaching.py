"""A lesson for who teaches it: slides, a handout and a guide, the same bytes for everybody, kept by a phone as lessons
are. An exam has none of them."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from trenza.apps.learning.api import Lesson, guide_html, handout_html, slides_html
from trenza.core.access import public
from trenza.portals.field import csp, inline, pages
from trenza.portals.field.shell import lesson_document
from trenza.portals.learner.links import the_lesson


@public
@require_safe
def slides(request: HttpRequest, course: str, version: str, lesson: str) -> HttpResponse:
    """The lesson as slides on one page; nothing on them tells an answer."""
    row = _taught(course, version, lesson)
    return _shown(request, partial(slides_html, row.body), row)


@public
@require_safe
def handout(request: HttpRequest, course: str, version: str, lesson: str) -> HttpResponse:
    """The lesson to print, with boxes to tick and room to write."""
    row = _taught(course, version, lesson)
    return _shown(request, partial(handout_html, row.body), row, printed=True)


@public
@require_safe
def guide(request: HttpRequest, course: str, version: str, lesson: str) -> HttpResponse:
    """How the lesson is given as a session, where its author wrote it down."""
    row = _taught(course, version, lesson)
    if not row.guide:
        raise Http404
    return _shown(request, partial(guide_html, row.body, row.guide), row, printed=True)


def _taught(course: str, version: str, lesson: str) -> Lesson:
    row = the_lesson(course, version, lesson)
    if row.exam:
        raise Http404
    return row


def _shown(request: HttpRequest, make: Callable[..., str], row: Lesson, *, printed: bool = False) -> HttpResponse:
    language = row.version.language
    html = f"<style>{inline.TEACHING_LOOK}</style>" + make(title=row.title, language=language)
    if printed:  # without it, the browser's own menu prints
        html += format_html('<script type="module" src="{}"></script>', static("field/print.js"))
    document = lesson_document(html, title=row.title, language=language)
    return pages.answer(request, pages.remember(request.path_info, document, csp.TEACHING_POLICY))

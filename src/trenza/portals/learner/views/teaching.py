"""A lesson for who teaches it: slides and a handout, the same bytes for everybody, kept by a phone as lessons are. An
exam has neither."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from trenza.apps.learning.api import handout_html, slides_html
from trenza.core.access import public
from trenza.portals.field import csp, inline, pages
from trenza.portals.field.shell import lesson_document
from trenza.portals.learner.links import the_lesson


@public
@require_safe
def slides(request: HttpRequest, course: str, version: str, lesson: str) -> HttpResponse:
    """The lesson as slides on one page; nothing on them tells an answer."""
    return _shown(request, slides_html, course, version, lesson)


@public
@require_safe
def handout(request: HttpRequest, course: str, version: str, lesson: str) -> HttpResponse:
    """The lesson to print, with boxes to tick and room to write."""
    return _shown(request, handout_html, course, version, lesson, printed=True)


def _shown(
    request: HttpRequest, make: Callable[..., str], course: str, version: str, lesson: str, *, printed: bool = False
) -> HttpResponse:
    row = the_lesson(course, version, lesson)
    if row.exam:
        raise Http404
    language = row.version.language
    html = f"<style>{inline.TEACHING_LOOK}</style>" + make(row.body, title=row.title, language=language)
    if printed:  # without it, the browser's own menu prints
        html += format_html('<script type="module" src="{}"></script>', static("field/print.js"))
    document = lesson_document(html, title=row.title, language=language)
    return pages.answer(request, pages.remember(request.path_info, document, csp.TEACHING_POLICY))

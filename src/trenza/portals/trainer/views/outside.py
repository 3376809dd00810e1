"""A list that a partner kept, as a file: uploaded, looked at row by row, and marked once somebody has confirmed it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trenza.apps.people.api import count_taking_in
from trenza.apps.sessions import api as sessions
from trenza.portals.field.errors import too_many
from trenza.portals.field.sheets import SheetRefused
from trenza.portals.trainer.outside import Outside, OutsideForm, choices_of, kept, read_file, unpacked
from trenza.portals.trainer.viewer import viewer_of
from trenza.portals.trainer.views.one import again, keeper, kept_session
from trenza.portals.trainer.words import MARKS, PROBLEMS


@keeper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: HttpRequest, session: UUID) -> HttpResponse:
    """Choose a file, and see what it says. Nothing is kept of it but in the page itself."""
    of, viewer = kept_session(request, session), viewer_of(request)
    form = OutsideForm(request.POST, request.FILES) if request.method == "POST" else OutsideForm()
    if form.is_bound and form.is_valid():
        if not count_taking_in(person=str(viewer.pk)):
            return too_many(request)
        try:
            return _look(request, of, read_file(form.cleaned_data["file"]))
        except SheetRefused as refused:
            form.add_error("file", str(refused))
    return render(request, "trainer/outside.html", {"form": form, "session": of})


@keeper
@never_cache
@require_POST
def confirm(request: HttpRequest, session: UUID) -> HttpResponse:
    """Mark what was shown, with what she said of the doubtful rows. The same list again changes nothing."""
    of, viewer = kept_session(request, session), viewer_of(request)
    rows = unpacked(request.POST.get("rows", ""))
    if rows is None:
        return again(request, of, _("That list could not be read. Upload it again."))
    try:
        done = sessions.import_attendance(
            session=of,
            rows=rows,
            confirmed=request.POST.get("seen", ""),
            choices=choices_of(request.POST, len(rows)),
            by=viewer,
        )
    except sessions.ListMoved:
        words = _("The women of this session have changed since. Look at the list once more; nothing was saved.")
        return _look(request, of, Outside(rows, [words]))
    words = _("Saved. New marks: %(count)s.") % {"count": done.marked + done.added}
    if done.left_out:
        words = " ".join([words, _("Rows left out: %(count)s.") % {"count": done.left_out}])
    return again(request, of, words, good=True)


def _look(request: HttpRequest, session: sessions.Session, read: Outside) -> HttpResponse:
    listed = sessions.read_attendance_list(session, read.rows, viewer_of(request))
    clear = [(row, MARKS[row.mark]) for row in listed.rows if row.person and row.mark and not row.problem]
    context = {
        "session": session,
        "listed": listed,
        "clear": clear,
        "doubtful": [(row, PROBLEMS[row.problem]) for row in listed.problems],
        "passed": len(listed.rows) - len(clear) - len(listed.problems),
        "notes": read.notes,
        "kept": kept(read.rows),
        "marks": MARKS.items(),
    }
    return render(request, "trainer/outside.html", context)

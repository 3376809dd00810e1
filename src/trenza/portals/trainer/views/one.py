"""What the pages of one session begin with: whose it is, and where they lead."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from trenza.apps.people.api import Permission, requires
from trenza.apps.sessions.api import Session, kept_sessions
from trenza.portals.trainer.viewer import viewer_of

keeper = requires(Permission.SESSION_KEEP)


def kept_session(request: HttpRequest, session: UUID) -> Session:
    """The session, if she keeps it."""
    kept = kept_sessions.which(viewer_of(request))
    one = kept.select_related("edition__programme", "track", "workshop").filter(pk=session).first()
    if one is None:
        raise Http404
    return one


def again(request: HttpRequest, session: Session, words: str, *, good: bool = False) -> HttpResponse:
    """Back to the page of the session, with what came of it."""
    messages.add_message(request, messages.SUCCESS if good else messages.WARNING, words)
    return HttpResponseRedirect(reverse("trainer_session", args=[session.pk]))

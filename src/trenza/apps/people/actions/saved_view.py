"""Keep, change and remove a way to look at a list. Nobody else's state changes, so the journal has no entry for it."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl, urlencode

from trenza.apps.people import rules
from trenza.apps.people.errors import NameTaken, TooManyViews, ViewTooLong
from trenza.apps.people.models import Person, SavedView
from trenza.core import clock
from trenza.core.journal import action

MOST_OF_A_LIST: Final = 20
MOST_SHARED: Final = 30
MOST_LETTERS: Final = 2_000
SEARCHED: Final = "q"


@action
def save_view(*, list: str, name: str, query: str, shared: bool = False, by: Person) -> SavedView:
    """Keep how `by` looks at a list. Shared, everybody in the office sees it, without the words looked for.

    Raises:
        NameTaken: she has one of this name for the list.
        TooManyViews: she has twenty for this list, or thirty are shared.
        ViewTooLong: the filters, or the name, are longer than is kept.
    """
    if SavedView.objects.filter(person=by, list=list).count() >= MOST_OF_A_LIST:
        raise TooManyViews(MOST_OF_A_LIST)
    view = SavedView(person=by, list=list, created_at=clock.now())
    return _write(view, name=name, query=query, shared=shared)


@action
def update_view(*, view: SavedView, name: str, shared: bool, by: Person) -> SavedView:
    """Call it otherwise, share it, or keep it for oneself again. What was left out for sharing does not come back.

    Raises:
        NotAllowed: it is somebody else's.
        NameTaken, TooManyViews, ViewTooLong: see `save_view`.
    """
    rules.own_views.require(by, view)
    return _write(SavedView.objects.get(pk=view.pk), name=name, query=view.query, shared=shared)


@action
def delete_view(*, view: SavedView, by: Person) -> None:
    """Remove it, for everybody with whom it was shared too.

    Raises:
        NotAllowed: it is somebody else's.
    """
    rules.own_views.require(by, view)
    SavedView.objects.filter(pk=view.pk).delete()


def _write(view: SavedView, *, name: str, query: str, shared: bool) -> SavedView:
    view.name = " ".join(name.split())
    view.query = _kept(parse_qsl(query), shared=shared)
    if not view.name or len(view.name) > 60 or len(view.query) > MOST_LETTERS:
        raise ViewTooLong
    if SavedView.objects.filter(person=view.person_id, list=view.list, name=view.name).exclude(pk=view.pk).exists():
        raise NameTaken
    if shared and view.shared_at is None:
        if SavedView.objects.filter(list=view.list, shared_at__isnull=False).count() >= MOST_SHARED:
            raise TooManyViews(MOST_SHARED)
        view.shared_at = clock.now()
    elif not shared:
        view.shared_at = None
    view.save()
    return view


def _kept(pairs: Iterable[tuple[str, str]], *, shared: bool) -> str:
    """What of an address makes a view: not the page, not what a script or an export asks."""
    return urlencode(
        [
            (key, value)
            for key, value in pairs
            if key not in {"p", "export"} and not key.startswith("_") and not (shared and key == SEARCHED)
        ]
    )

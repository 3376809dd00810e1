"""Who may open which page of the office: whoever enters it and holds the page's own permission in some scope."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from wagtail.users.models import UserProfile

from trenza.apps.people.api import Permission, Person, in_limited_session, permissions_of, person_of
from trenza.core.access import Access, SignInFully, View, declared


def may(request: HttpRequest, permission: Permission) -> bool:
    """Whether who asks holds this permission somewhere. One query for all questions of a
    request. Whoever came in with a card or with a phone's PIN holds none."""
    kept = vars(request)
    if "office_permissions" not in kept:
        kept["office_permissions"] = permissions_of(None if in_limited_session(request) else person_of(request))
    return permission in kept["office_permissions"]


def page(permission: Permission, view: View[...]) -> View[...]:
    """Guard a view of the office, and let nobody keep a copy of what it answers."""
    needed = sorted({Permission.OFFICE_ENTER, permission})

    def passes(request: HttpRequest) -> bool:
        allowed = all(may(request, each) for each in needed)
        if not allowed and in_limited_session(request) and permissions_of(person_of(request)).issuperset(needed):
            raise SignInFully
        return allowed

    access = Access(" and ".join(needed), passes)
    return declared(access)(never_cache(_with_preferences(view)))


def _with_preferences(view: View[...]) -> View[...]:
    """What Wagtail asks a profile for, which nobody here has: the computer's theme, and no shortcuts of one key, which
    surprise whoever speaks to her computer (WCAG 2.1.4). The profile is never saved."""

    @wraps(view)
    def opened(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        profile = UserProfile(keyboard_shortcuts=False)
        setattr(request.user, "wagtail_userprofile", profile)  # noqa: B010 (Wagtail adds it to accounts)
        return view(request, *args, **kwargs)

    return opened


def viewer_of(request: HttpRequest) -> Person:
    """The person who asks; behind `page` there always is one."""
    person = person_of(request)
    if person is None:
        raise PermissionDenied
    return person

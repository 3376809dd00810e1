"""Who may: every address declares its rule, and one rule answers "this one?" and "which ones?"."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from trenza.core.errors import NotAllowed

M = TypeVar("M", bound=Model)
V = TypeVar("V")
P = ParamSpec("P")

View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class SignInFully(PermissionDenied):
    """Who asks is signed in, with less than this page demands: the page that says no says what to do."""


@dataclass(frozen=True)
class Rule(Generic[V, M]):
    """Who (`V`) may do one thing to which rows: the queryset is the rule, so that a list never shows what a page
    forbids."""

    which: Callable[[V], QuerySet[M]]

    def allows(self, viewer: V, row: M) -> bool:
        """Whether `row` is among those."""
        return self.which(viewer).filter(pk=row.pk).exists()

    def require(self, viewer: V, row: M) -> None:
        """Raises NotAllowed where it is not."""
        if not self.allows(viewer, row):
            raise NotAllowed


@dataclass(frozen=True)
class Access:
    """The rule of an address: its name in the list of addresses, and whether a request passes."""

    name: str
    passes: Callable[[HttpRequest], bool]
    needs_sign_in: bool = True


def declared(access: Access) -> Callable[[View[P]], View[P]]:
    """Guard a view by `access`; a test walks every address and fails on a view without one."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if access.needs_sign_in and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not access.passes(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        setattr(guarded, "access", access)  # noqa: B010 (functions have no such attribute for mypy)
        return guarded

    return guard


def _anyone(_: Any) -> bool:
    return True


public = declared(Access("public", _anyone, needs_sign_in=False))
signed_in = declared(Access("signed in", _anyone))

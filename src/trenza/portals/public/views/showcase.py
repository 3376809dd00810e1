"""The page on which a woman shows the certificates that she chose, for whoever has its secret address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trenza.apps.credentials.api import choice_of, find_public_page, initials_of, listed_on
from trenza.apps.people.api import count_guess, may_guess
from trenza.core.access import public
from trenza.portals.field.errors import too_many
from trenza.portals.field.origin import connection_of

_HEADERS = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}


@public
@require_safe
def showcase(request: HttpRequest, code: str) -> HttpResponse:
    """What she chose, with her name, or her initials where one of these shows no more. Codes that are nobody's are
    counted, and soon refused; one that she closed is nobody's."""
    connection = connection_of(request)
    if not may_guess(connection=connection):
        return too_many(request)
    page = find_public_page(code)
    if page is None and not count_guess(connection=connection):
        return too_many(request)
    credentials = list(listed_on(page)) if page else []
    names = {each.name for each in credentials}
    if len(names) > 1 or any(choice_of(each).name != "full" for each in credentials):
        names = {initials_of(credentials[0].name)}
    context = {
        "found": page is not None,
        "name": names.pop() if names else "",
        "credentials": [(each, each.state) for each in credentials],
    }
    if any(each.demonstration for each in credentials):
        context["demonstration"] = True
    response = render(request, "public/showcase.html", context, status=200 if page else 404)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response

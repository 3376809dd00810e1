"""Every address declares who may open it."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from trenza.core.access import Access, public

# Under these, somebody else's code says who may: the prefix, and what guards it.
THIRD_PARTY: dict[str, str] = {}


def open_addresses(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """The addresses whose view has no rule."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if any(address.startswith(guarded) for guarded in THIRD_PARTY):
            continue
        if isinstance(pattern, URLResolver):
            yield from open_addresses(pattern.url_patterns, address)
        elif not isinstance(getattr(pattern.callback, "access", None), Access):
            yield address


def test_every_address_declares_its_rule():
    assert list(open_addresses(get_resolver().url_patterns)) == []


def test_open_addresses_are_found():
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    guarded = public(view)
    patterns: list[URLPattern | URLResolver] = [
        path("a/", guarded),
        path("b/", include([path("c/", guarded), path("<int:n>/", view)])),
        path("d/", view),
    ]

    assert list(open_addresses(patterns)) == ["b/<int:n>/", "d/"]

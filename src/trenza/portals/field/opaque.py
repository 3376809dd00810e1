"""Files that somebody brought, given back: to keep, never to be shown, whatever is in them."""

from django.http import HttpResponse


def as_attachment(content: bytes, name: str) -> HttpResponse:
    """The file under a neutral name. Nobody guesses what it is, runs what is in it, or keeps a copy on the way."""
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )

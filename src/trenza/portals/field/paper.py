"""Cards as they are printed: a code to read and to type. Eight go on an A4 sheet."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

TO_A_SHEET: Final = 8


def square(secret: str) -> SafeString:
    """The square of a card, for a phone to read. It leads to our page; the secret behind the # reaches no server's
    log."""
    import segno  # 2 MB

    address = f"{settings.PUBLIC_URL}{reverse('sign_in_card')}#{secret}"
    return mark_safe(segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2))


def sheets(cards: Sequence[Any]) -> dict[str, Any]:
    """What a page of cards needs: the cards, sheet by sheet, and where they are used."""
    return {
        "sheets": [cards[start : start + TO_A_SHEET] for start in range(0, len(cards), TO_A_SHEET)],
        "host": urlsplit(settings.PUBLIC_URL).netloc,
        "path": reverse("sign_in_card"),
    }

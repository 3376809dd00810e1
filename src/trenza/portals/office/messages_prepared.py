"""Messages that a coordinator sends herself, one by one: a text for each state, to copy or to open in her own apps.

Nothing is sent from here. The links to WhatsApp, mail and SMS stand in the page alone: no address of ours holds a
number or a text. The words are neutral, for others may read her phone: they name no programme.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trenza.apps.admissions.api import Application
from trenza.apps.people.api import Person, emails_of, phones_of, read_person
from trenza.portals.office.words import APPLICATION_STATES

# Translators: these go to women by WhatsApp, SMS or mail; others may read along. Neutral: no programme, no scholarship.
TEXTS: Final[Mapping[str, str | Promise]] = {
    "submitted": gettext_lazy("Hello, %(name)s. We have what you sent us, and we will answer you on your page."),
    "waiting_guardian": gettext_lazy(
        "Hello, %(name)s. To go on, an adult has to answer. On your page you see how. We are here if you need help."
    ),
    "needs_help": gettext_lazy(
        "Hello, %(name)s. Something small is missing, and it takes ten minutes. Your page says how. We can help you."
    ),
    "not_eligible": gettext_lazy(
        "Hello, %(name)s. We looked at what you sent us. Your page says what came of it, and what you can do now."
    ),
    "waiting_list": gettext_lazy("Hello, %(name)s. You are on the list. Your page says your number; we let you know."),
    "awarded": gettext_lazy("Hello, %(name)s. There is good news on your page, and it waits for your answer."),
    "accepted": gettext_lazy("Hello, %(name)s. Everything is ready. Your page says what comes next."),
}


@dataclass(frozen=True)
class Prepared:
    """A message to one woman, and the ways by which it can be opened."""

    application: Application
    name: str
    state: str | Promise
    text: str
    whatsapp: tuple[str, ...]
    sms: tuple[str, ...]
    mail: str


def for_rows(request: HttpRequest, rows: Sequence[Any], viewer: Person) -> HttpResponse:
    """The page with a message for each; how to reach her only where the viewer may read her as a person. Three
    queries."""
    told = [row for row in rows if row.state in TEXTS]
    people = {row.person_id for row in told}
    reads = set(read_person.which(viewer).filter(pk__in=people).values_list("pk", flat=True))
    phones, emails = phones_of(reads), emails_of(reads)
    prepared = [_prepared(row, phones.get(row.person_id, []), emails.get(row.person_id, "")) for row in told]
    left_out = len(rows) - len(told)
    context = {
        "prepared": prepared,
        "left_out": ngettext(
            "%(n)s is left out: there is nothing to tell her.",
            "%(n)s are left out: there is nothing to tell them.",
            left_out,
        )
        % {"n": left_out}
        if left_out
        else "",
        "back": reverse("office_applications"),
        "page_title": _("Messages to send"),
        "header_title": _("Messages to send"),
        "header_icon": "mail",
        "breadcrumbs_items": [
            {"url": reverse("office_applications"), "label": _("Applications")},
            {"url": "", "label": _("Messages to send")},
        ],
    }
    return render(request, "office/messages_prepared.html", context)


def _prepared(row: Application, phones: Sequence[str], email: str) -> Prepared:
    with translation.override(row.person.language or "es"):
        text = str(TEXTS[row.state]) % {"name": row.person.given_name.split(" ")[0]}
    said = quote(text, safe="")
    return Prepared(
        row,
        row.person.name,
        APPLICATION_STATES[row.state],
        text,
        tuple(f"https://wa.me/{phone.removeprefix('+')}?text={said}" for phone in phones),
        tuple(f"sms:{phone}?body={said}" for phone in phones),
        f"mailto:{quote(email, safe='@')}?body={said}" if email else "",
    )

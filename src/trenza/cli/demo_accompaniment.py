"""Calls and questions of the demonstration: what a trainer tried, and what she asked the team."""

from datetime import timedelta
from typing import Final

from trenza.apps.accompaniment import api as accompaniment
from trenza.apps.people.api import Account, Person
from trenza.apps.programmes.api import Edition
from trenza.core import clock

TRIED: Final = (
    ("call", "no_answer", "Contesta por las tardes."),
    ("whatsapp", "left_message", ""),
    ("call", "call_back", "Trabaja hasta las seis."),
    ("call", "reached", "Vuelve el lunes: no tenía datos."),
)
"""Channel, outcome and note, for the first women of the list."""
ASKED: Final = (
    (
        "access",
        "Una participante cambió de número y ya no recibe el código para entrar.",
        "Dale un PIN para empezar en la oficina, en su página «PIN, tarjetas y teléfonos». Con él entra sin código.",
        "Cambió de número y no recibe el código",
    ),
    (
        "device",
        "Dos teléfonos prestados no bajan las lecciones con el Wi-Fi del centro.",
        "Revisa que tengan espacio libre: cada curso ocupa menos de 1 MB. Si hay espacio, apágalos y vuelve a probar.",
        "Los teléfonos del centro no bajan las lecciones",
    ),
    ("sessions", "¿Cómo cambio la hora del taller del próximo sábado?", "", ""),
)
"""Category, question, answer (none yet) and the sentence under which others find it."""


def ensure(programme: str, *, trainer: str) -> None:
    """Once: what she tried with those whom she should call, and what she asked."""
    edition = Edition.objects.filter(programme__code=programme, demonstration=True).first()
    account = Account.objects.filter(email=trainer).select_related("person").first()
    if edition is None or account is None or accompaniment.Inquiry.objects.filter(edition=edition).exists():
        return
    _ask(edition, account.person)
    for line, (channel, outcome, note) in zip(
        accompaniment.call_list(account.person, most=len(TRIED)).lines, TRIED, strict=False
    ):
        day = clock.now().date() + timedelta(days=1) if outcome == "call_back" else None
        accompaniment.record_attempt(
            person=line.person.pk, channel=channel, outcome=outcome, call_back_on=day, note=note, by=account.person
        )


def _ask(edition: Edition, trainer: Person) -> None:
    for category, text, answer, findable_as in ASKED:
        inquiry = accompaniment.make_inquiry(edition=edition, category=category, text=text, by=trainer)
        if answer:
            accompaniment.answer_inquiry(inquiry=inquiry, text=answer, findable_as=findable_as, by=None)

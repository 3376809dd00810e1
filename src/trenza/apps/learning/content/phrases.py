"""The few words that a lesson says by itself, in the language of its course.

They are part of the lesson's immutable body and therefore of its content, not of the interface: no gettext, whose
language is the reader's. A course in another language gets English words until its own are added here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Each is shown as it stands; braces are filled by `str.format`."""

    step: str
    minutes: str
    minute: str
    try_it: str
    hint: str
    check: str
    finish: str
    licence: str
    source: str
    task: str
    challenge: str
    quiz: str
    see_outside: str
    translation: str
    version: str
    adapted: str


SPANISH = Phrases(
    step="Lección {number} de {count}",
    minutes="{minutes} minutos",
    minute="1 minuto",
    try_it="Hazlo hoy en tu teléfono",
    hint="Una pista",
    check="Revisar y terminar",
    finish="Terminar esta lección",
    licence="Licencia:",
    source="Fuente:",
    task="Hazlo tú",
    challenge="Un reto",
    quiz="Preguntas",
    see_outside="Ver en {site} (usa internet)",
    translation="{name} (traducción)",
    version="versión {number}",
    adapted="adaptado",
)

ENGLISH = Phrases(
    step="Lesson {number} of {count}",
    minutes="{minutes} minutes",
    minute="1 minute",
    try_it="Do it today on your phone",
    hint="A hint",
    check="Check and finish",
    finish="Finish this lesson",
    licence="Licence:",
    source="Source:",
    task="Your turn",
    challenge="A challenge",
    quiz="Questions",
    see_outside="See it on {site} (uses the internet)",
    translation="{name} (translation)",
    version="version {number}",
    adapted="adapted",
)

_BY_LANGUAGE = {"es": SPANISH, "en": ENGLISH}


def phrases(language: str) -> Phrases:
    """The words for a BCP 47 language; only its first part counts (`es-419` is `es`)."""
    return _BY_LANGUAGE.get(language.split("-")[0].lower(), ENGLISH)

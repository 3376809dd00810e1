"""What a lesson states about the world: a figure, a law or a number has its source, a link a way without internet."""

import datetime
import re
from collections.abc import Iterator
from typing import Final

from trenza.apps.learning.content.quality.findings import Finding
from trenza.apps.learning.content.quality.readability import sentences
from trenza.apps.learning.content.quality.text import LessonText, Passage

_STORIES: Final = frozenset({"story", "try", "question", "countries"})
"""Where sums are invented to be worked out; what a file of countries says has its own sources."""

_SHARE: Final = re.compile(
    r"\d\s?%|\bpor ciento\b|\b\d+ de cada \d+\b|\b(?:una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve) de cada \w+\b",
    re.I,
)
_OF_PEOPLE: Final = re.compile(
    r"\b(?:mujeres|hombres|niñ[ao]s|jóvenes|personas|gente|hogares|familias|población|habitantes|usuari[ao]s|empresas"
    r"|negocios|estudiantes|docentes|países|encuestas?|estudios?|estadísticas?|impuestos?|IVA|IT|ISR|tasa|comisión"
    r"|interés|salario|bancos?)\b",
    re.I,
)
_LAW: Final = re.compile(
    r"\b(?:ley|leyes|decreto(?: supremo)?|constitución|reglamento)\b|\bartículos?\s+\d|\bart\.\s*\d"
    r"|\bcódigo (?:penal|civil|laboral|tributario|del trabajo|de trabajo)\b",
    re.I,
)
_COUNTED: Final = (
    r"(?!\s*(?:%|[KMG]B|pesos|bolivianos|quetzales|lempiras|córdobas|colones|guaraníes|balboas|dólares|puntos|personas|"
    r"veces|minutos|horas|días|años|palabras|letras|fotos|mensajes))"
)
_CALL: Final = re.compile(
    rf"\b(?:llam|marc|comun[ií]c)\w*[^.;:\d]{{0,25}}\b\d{{3,}}\b{_COUNTED}"
    rf"|\b(?:línea|WhatsApp)\b[^.;\d]{{0,25}}\b\d{{3,}}\b{_COUNTED}"
    r"|\+\d{1,3}[\s-]?\d{3,}|\b[689]00[\s-]?\d{2,}[\s-]?\d{2,}"
    r"|\b(?!(?:19|20)\d\d[\s-])\d{3,4}[\s-]\d{4}\b",
    re.I,
)
_ACCORDING: Final = re.compile(
    r"\b(?:[Ss]egún|[Dd]e acuerdo con|[Dd]atos de)\s+(?:(?:el|la|los|las|una?)\s)?"
    r"(?:[A-ZÁÉÍÓÚÑ]\w|estudio|encuesta|informe)"
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_FIGURE: Final = re.compile(r"\b\d{1,3}(?:[.,\s]\d{3})+\b|\bmill(?:ón|ones)\b|\d\s?%")
_SUM: Final = re.compile(r"[=×÷]|\d\s[+−*/-]\s\d")
_OUTSIDE: Final = re.compile(r"https?://", re.I)


def check_facts(text: LessonText, today: datetime.date) -> Iterator[Finding]:
    """Figures, laws and numbers of a lesson without a source, sources from the future, links without a way around."""
    for source, line in zip(text.lesson.sources, text.source_lines, strict=False):
        if source.date > today.isoformat()[: len(source.date)]:
            yield Finding(text.file, line, f"The source is of {source.date}, which is still to come. Correct its date.")
    if not text.lesson.sources:
        for passage in text.passages:
            for sentence in sentences(passage.text):
                what = _fact(passage, sentence)
                if what:
                    yield Finding(
                        text.file,
                        passage.line,
                        f'It states {what}: "{_short(sentence)}" Name where it comes from in a `[[source]]`, '
                        "or take it out.",
                    )
    if not text.lesson.offline:
        for passage in text.passages:
            if any(_OUTSIDE.match(link) for link in passage.links):
                yield Finding(
                    text.file,
                    passage.line,
                    "A link leads outside. Say on top of the lesson, as `offline`, what she does who has no internet.",
                )


def _fact(passage: Passage, sentence: str) -> str:
    """What a sentence states that needs a source; empty when it is nothing of that."""
    if _LAW.search(sentence):
        return "a law"
    if _CALL.search(sentence) and not _SUM.search(sentence) and not {"story", "question"} & set(passage.within):
        return "a number to call"
    if _ACCORDING.search(sentence):
        return "what somebody says"
    if _STORIES & set(passage.within) or _SUM.search(sentence):
        return ""
    if (_SHARE.search(sentence) and _OF_PEOPLE.search(sentence)) or (
        _YEAR.search(sentence) and _FIGURE.search(_YEAR.sub("", sentence))
    ):
        return "a figure"
    return ""


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 60 else f"{sentence[:59]}…"

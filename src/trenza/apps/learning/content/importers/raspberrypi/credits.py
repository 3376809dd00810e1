"""Whose a project is: its licence, who holds the rights, who translated it, where it is from and its language."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.manifest import LANGUAGE
from trenza.apps.learning.content.report import Remark

LICENCE = "LICENCE.md"
FOUNDATION = "Raspberry Pi Foundation"

_CC = re.compile(r"creativecommons\.org/licenses/(by(?:-[a-z]{2}){0,2})/([0-9]\.[0-9])")
_HOLDER = re.compile(r"by (?:the )?\[([^\]\n]{1,100})\]")
_ADDRESS = re.compile(r"(?:work at|obra en) <?(https?://[^\s>)]{1,200}[^\s>).,])")
_TRANSLATORS = re.compile(
    r"(?:traducido por voluntari[oa]s|translated by volunteers)[^\n:]{0,80}:[ \t]*\n+((?:[^\n]+(?:\n|\Z))+)"
)
_LOCALE = re.compile(r"[a-z]{2}-[A-Z]{2,3}")
_LOCALE_IN_LINK = re.compile(r"projects\.raspberrypi\.org/([a-z]{2}(?:-[A-Z]{2,3})?)/")
_NAMES, _NAME_LENGTH = 50, 100


@dataclass(frozen=True)
class Credits:
    """`licence` is an SPDX identifier; `address` may be empty. `missing` and `facts` are for the report."""

    licence: str
    holder: str
    address: str
    translators: tuple[str, ...]
    missing: tuple[Remark, ...] = ()
    facts: tuple[Remark, ...] = ()


def read_credits(texts: Mapping[str, str], problems: Problems) -> Credits:
    """What LICENCE.md and the thanks in the steps say. Without a licence a project may not be used: a problem."""
    text = texts.get(LICENCE, "")
    translators = _translators(texts)
    found = _CC.search(text)
    if found is None:
        problems.add(
            LICENCE,
            0,
            "No licence allows to use this project." if text else "The file is missing.",
            "Add a LICENCE.md with the address of its Creative Commons licence.",
        )
        return Credits("", FOUNDATION, "", translators)
    missing, facts = [], []
    if "-sa" in found[1] and "sharealike" not in text.lower().replace("-", "").replace(" ", ""):
        facts.append(Remark(LICENCE, 0, f"its words and its address differ; the address holds: {found[1]} {found[2]}."))
    holder, based = _HOLDER.search(text), _ADDRESS.search(text)
    address = based[1] if based else ""
    if address.endswith("/project-name"):
        address = address.removesuffix("/project-name")
        missing.append(Remark(LICENCE, 0, f"the address of the source was never filled in; {address} is all it says."))
    return Credits(
        licence=f"CC-{found[1].upper()}-{found[2]}",
        holder=" ".join(holder[1].split()) if holder else FOUNDATION,
        address=address,
        translators=translators,
        missing=tuple(missing),
        facts=tuple(facts),
    )


def find_language(folder_name: str, texts: Mapping[str, str]) -> str:
    """BCP 47 language: a folder named by a locale says it, else most links to the Foundation's pages, else English."""
    locale = folder_name
    if not _LOCALE.fullmatch(locale):
        found = Counter(locale for text in texts.values() for locale in _LOCALE_IN_LINK.findall(text))
        locale = found.most_common(1)[0][0] if found else "en"
    language = locale.replace("-LA", "-419")  # the Foundation's own name for Latin-American Spanish
    return language if LANGUAGE.fullmatch(language) else language.split("-", 1)[0]


def _translators(texts: Mapping[str, str]) -> tuple[str, ...]:
    lines = [line for text in texts.values() for found in _TRANSLATORS.finditer(text) for line in found[1].split("\n")]
    names = [" ".join(line.split()).strip("*-+ ") for line in lines]
    return tuple(name for name in dict.fromkeys(names) if name and len(name) <= _NAME_LENGTH and name.isprintable())[
        :_NAMES
    ]

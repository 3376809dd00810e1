"""`::: countries FILE`: what is different in each country, from `data/FILE.toml`, folded by country.

    title = "Help lines"
    countries = ["BO", "CO"]       # may be left out: those that must be named, even where nothing is known

    [[entry]]
    country = "BO"
    name = "What it is called"
    value = "800 14 0348"          # or missing = "What could not be confirmed"
    about = "One plain sentence."
    source = "Who says so"
    url = "https://example.org"
    date = "2024-05"

A value of digits alone is a telephone number. Nothing is fetched: what stands in the file is all there is.
"""

import gettext
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlsplit

import pycountry

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.citations import date_problem
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.manifest import CODE, check_keys, check_words, key_line, read_text, read_toml, shown
from trenza.apps.learning.content.phrases import Phrases, date_in_words
from trenza.apps.learning.content.words import Words
from trenza.core.words import folded

FOLDER: Final = "data"
KEYS: Final = ("title", "countries", "entry")
ENTRY_KEYS: Final = ("country", "name", "value", "about", "missing", "source", "url", "date")

_ENTRY: Final = re.compile(r"^[ \t]*\[\[[ \t]*entry[ \t]*\]\]", re.MULTILINE)
_PHONE: Final = re.compile(r"[+*#]?[0-9](?:[ ()-]*[0-9]){2,19}#?")
_REMEDY: Final = (
    'Write `[[entry]]`, and below it `country = "BO"`, a `name`, a `value`, its `source`, `url` and `date`.'
)


@dataclass(frozen=True)
class Entry:
    """One thing about a country: a `value`, or what of it is `missing`. `about`, `url` and the source of what is
    missing may be empty."""

    country: str
    name: str
    value: str
    about: str
    missing: str
    source: str
    url: str
    date: str


@dataclass(frozen=True)
class Facts:
    """What a file says. `countries` are those that it must name beside those of its entries."""

    title: str
    countries: tuple[str, ...]
    entries: tuple[Entry, ...]


class Countries:
    """The files about countries of a course, each read once. `facts` are those that lessons show; None is a bad one."""

    def __init__(self, files: Mapping[str, bytes], words: Words, problems: Problems) -> None:
        self.files, self.words, self.problems = files, words, problems
        self.facts: dict[str, Facts | None] = {}

    def get(self, name: str) -> Facts | None:
        """What the file of this name in the folder says; None, and a problem, where it cannot be read."""
        if name not in self.facts:
            filled = self.words.fill_file(name, self.files[name], self.problems)
            self.facts[name] = read_facts(name, filled, self.problems)
        return self.facts[name]


def file_of(title: str) -> str:
    """The file in the folder that stands behind `::: countries`; empty where that is no name of one."""
    code = title.removesuffix(".toml")
    return f"{FOLDER}/{code}.toml" if CODE.fullmatch(code) and len(code) <= limits.TITLE_LENGTH else ""


def read_facts(name: str, data: bytes, problems: Problems) -> Facts | None:
    """What a file says about countries; whatever is wrong is told, and such an entry is left out."""
    text = read_text(name, data, problems)
    table = read_toml(name, text, problems) if text is not None else None
    if text is None or table is None:
        return None
    source = text

    def wrong(line: int, problem: str, remedy: str) -> None:
        problems.add(name, line, problem, remedy)

    check_keys(name, table, KEYS, lambda key: key_line(source, key), problems)
    title = check_words(
        table.get("title", ""), "title", limits.TITLE_LENGTH, lambda *said: wrong(key_line(source, "title"), *said)
    )
    entries = table.get("entry", [])
    if not isinstance(entries, list) or not entries or not all(isinstance(each, dict) for each in entries):
        wrong(0, "The file says nothing about any country.", _REMEDY)
        return None
    if len(entries) > limits.COUNTRY_ENTRIES:
        wrong(0, f"The file has {len(entries)} entries.", f"At most {limits.COUNTRY_ENTRIES}: divide it.")
        return None
    countries = table.get("countries", [])
    if not isinstance(countries, list) or not all(isinstance(each, str) and _is_country(each) for each in countries):
        remedy = 'Write two capital letters for each (ISO 3166-1): `countries = ["BO", "CO"]`.'
        wrong(key_line(source, "countries"), "The countries are not written right.", remedy)
        countries = []
    lines = [found.start() for found in _ENTRY.finditer(source)]
    read = [_read_entry(each, _Place(source, lines[at : at + 2]), wrong) for at, each in enumerate(entries)]
    return Facts(title, tuple(dict.fromkeys(countries)), tuple(entry for entry in read if entry))


class _Place:
    """Where an entry stands: `bounds` are where it and the one after it begin. Written otherwise, it is the file."""

    def __init__(self, text: str, bounds: list[int]) -> None:
        self.first = text.count("\n", 0, bounds[0]) + 1 if bounds else 0
        self.text = text[bounds[0] : bounds[1] if len(bounds) > 1 else None] if bounds else ""

    def line(self, key: str) -> int:
        return key_line(self.text, key, self.first) if self.first else 0


def _read_entry(table: Mapping[str, Any], place: _Place, wrong: Callable[[int, str, str], None]) -> Entry | None:
    sound = True

    def tell(key: str, problem: str, remedy: str) -> None:
        nonlocal sound
        sound = False
        wrong(place.line(key), problem, remedy)

    for key in table:
        if key not in ENTRY_KEYS:
            tell(key, f'Nobody reads "{shown(key)}".', f"Known are: {', '.join(ENTRY_KEYS)}.")

    def words(key: str, *, required: bool = False) -> str:
        value = table.get(key, "")
        return check_words(
            str(value) if key == "date" else value,
            key,
            limits.COUNTRY_LENGTH,
            lambda *said: tell(key, *said),
            required=required,
        )

    known = "missing" not in table
    entry = Entry(
        country=words("country", required=True),
        name=words("name", required=True),
        value=words("value", required=known),
        about=words("about"),
        missing=words("missing", required=not known),
        source=words("source", required=known),
        url=words("url", required=known),
        date=words("date", required=known),
    )
    if entry.country and not _is_country(entry.country):
        tell("country", f'"{shown(entry.country)}" is no country.', 'Write its two capital letters: `country = "BO"`.')
    if entry.value and entry.missing:
        tell("missing", "It has a value, and something is missing.", "Write one of them, or two entries.")
    if entry.url and not _is_address(entry.url):
        tell("url", f'"{shown(entry.url)}" is not an address.', "Write the whole of it: `https://…`.")
    problem = date_problem(entry.date) if entry.date else ""
    if problem:
        tell("date", problem, 'Write when it was published or looked at: `date = "2024-05"`.')
    return entry if sound else None


def countries_html(facts: Facts, introduction: str, words: Phrases, language: str) -> str:
    """What stands within the container, then a part for each country, by name: it opens with no script."""
    called = _names(language)
    known = sorted(facts.entries, key=lambda entry: entry.country)
    by_country = {country: list(entries) for country, entries in groupby(known, key=lambda entry: entry.country)}
    parts = sorted({*by_country, *facts.countries}, key=lambda code: folded(called.get(code) or code))
    return "\n".join(
        [
            f'<div class="card countries"><b>{escape(facts.title, quote=False)}</b>',
            *([introduction] if introduction else []),
            *(
                f"<details><summary>{escape(called.get(code, code), quote=False)}</summary>\n"
                + ("\n".join(_entry_html(entry, words) for entry in by_country.get(code, [])) or _none_html(words))
                + "</details>"
                for code in parts
            ),
            "</div>",
        ]
    )


def _entry_html(entry: Entry, words: Phrases) -> str:
    name = escape(entry.name, quote=False)
    lines = [f"<b>{name}</b>: {_value_html(entry.value)}" if entry.value else f"<b>{name}</b>"]
    if entry.about:
        lines.append(escape(entry.about, quote=False))
    if entry.missing:
        lines.append(f"<em>{words.unconfirmed}</em> {escape(entry.missing, quote=False)}")
    if entry.source:
        said = escape(entry.source, quote=False)
        if entry.url:
            said = f'<a href="{escape(entry.url)}" rel="noopener nofollow">{said}</a>'
        when = f", {date_in_words(entry.date, words)}" if entry.date else ""
        lines.append(f"<small>{words.source} {said}{when}</small>")
    return f"<p>{'<br>'.join(lines)}</p>"


def _none_html(words: Phrases) -> str:
    return f"<p><em>{words.nothing_known}</em></p>"


def _value_html(value: str) -> str:
    said = escape(value, quote=False)
    if _PHONE.fullmatch(value):
        dialled = re.sub(r"[ ()-]", "", value).replace("#", "%23")
        return f'<a href="tel:{dialled}">{said.replace(" ", "&nbsp;")}</a>'
    if _is_address(value):
        return f'<a href="{escape(value)}" rel="noopener nofollow">{said}</a>'
    return said


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)


def _is_country(code: str) -> bool:
    return pycountry.countries.get(alpha_2=code) is not None and code.isupper()


@cache
def _names(language: str) -> dict[str, str]:
    """Countries by the names that people use, in a language."""
    translated = gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[language.split("-")[0]], fallback=True
    )
    return {
        country.alpha_2: translated.gettext(getattr(country, "common_name", country.name))
        for country in pycountry.countries
    }

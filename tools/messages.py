"""Say what the Spanish catalogue lacks: `python -m tools.messages`. Exits 1 when something is missing."""

import re
import sys
from pathlib import Path

import polib

from tools.catalogue import SPANISH, key_of, merge, text_of
from tools.sentences import SOURCE, Sentence, find_sentences, sentences_of_forms

# %(name)s, %s, {name}; a doubled %% or {{ is a plain letter.
PLACEHOLDER = re.compile(r"%%|\{\{|\}\}|(%\(\w+\)[a-zA-Z]|%[sdifr]|\{\w*\})")


def problems(source: Path = SOURCE, folder: Path = SPANISH) -> list[str]:
    """List each sentence without a translation, and each translation that is doubtful, unused or ill-formed."""
    merged, found = merge(folder)
    entries = {key_of(entry): entry for entry in merged}
    # Django has its own Spanish: what a fragment does not say in our words is not missing.
    sentences = {key: each for key, each in sentences_of_forms().items() if key in entries} | find_sentences(source)
    for key, sentence in sorted(sentences.items(), key=lambda item: item[1].places):
        if key not in entries or not all(text_of(entries[key])):
            found.append(f"{sentence.places[0]}: no Spanish for {key}")
        else:
            found += doubts(sentence, entries[key])
    found += [f"unused, remove it: {key}" for key in sorted(entries.keys() - sentences.keys(), key=str)]
    return found


def doubts(sentence: Sentence, entry: polib.POEntry) -> list[str]:
    """What is wrong with one translation."""
    place, key = sentence.places[0], sentence.key
    found = []
    if entry.fuzzy:
        found.append(f"{place}: fuzzy, confirm it: {key}")
    if (entry.msgid_plural or "") != sentence.plural:
        found.append(f"{place}: the plural is {sentence.plural!r}, the catalogue has {entry.msgid_plural!r}: {key}")
    elif sentence.plural and len(entry.msgstr_plural) != 2:
        found.append(f"{place}: Spanish has two plural forms: {key}")
    else:
        found += [
            f"{place}: the placeholders of {text!r} are not those of {key}"
            for form, text in enumerate(text_of(entry))
            if not placeholders_match(text, sentence, one=bool(sentence.plural) and form == 0)
        ]
    return found


def placeholders_match(text: str, sentence: Sentence, *, one: bool) -> bool:
    """The same as in English; the form for one may leave its number out ("one course")."""
    used, wanted = placeholders(text), placeholders(sentence.plural or sentence.key.msgid)
    return set(used) <= set(wanted) if one else used == wanted


def placeholders(text: str) -> list[str]:
    return sorted(match for match in PLACEHOLDER.findall(text) if match)


def main() -> int:
    found = problems()
    for problem in found:
        print(problem)
    print(f"{len(find_sentences())} sentences, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""The words of the modules on her phone: `modules.py` makes `words-LANGUAGE.js` of them for assets/phone/words.js.

Each area has its own file with `WORDS`: name -> sentence. `{n}` and the like are filled by the module; where a sentence
is of a number, `name_one` is its singular.
"""

import json
from typing import Final

from django.utils import translation

from trenza.portals.field.words import letters, lists, media, outbox, packs, people

AREAS: Final = [letters.WORDS, lists.WORDS, media.WORDS, outbox.WORDS, packs.WORDS, people.WORDS]


def module(language: str) -> str:
    """The module with all words in a language."""
    with translation.override(language):
        words = {name: str(sentence) for area in AREAS for name, sentence in area.items()}
    return f"export default {json.dumps(words, ensure_ascii=False, separators=(',', ':'))};"

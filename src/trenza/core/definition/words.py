"""What the checker says: English, and in the reader's language where she has another."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext

Names = Callable[[str], str]


class Key(str):
    """A key of the file, as part of a sentence: a form calls it by its label."""


class Said(str):
    """A sentence in English that remembers how it was made, so that `in_words` can say it in another language."""

    template: str
    parts: Mapping[str, object]

    def __new__(cls, template: str, parts: Mapping[str, object]) -> Said:
        """`template` has its parts as %(name)s; a part may be said itself, or be a Key."""
        said = super().__new__(cls, template % parts)
        said.template, said.parts = template, parts
        return said

    def __getnewargs__(self) -> tuple[str, Mapping[str, object]]:  # type: ignore[override]  # how it is copied
        return self.template, self.parts


def say(template: str, /, **parts: object) -> Said:
    """Modules import this as `_`, so that the sentence is found and translated like any other."""
    return Said(template, parts)


def in_words(said: str, names: Names = str) -> str:
    """The sentence in the language that is active; `names` gives keys their names. Any other text is left as it is."""
    if isinstance(said, Key):
        return names(said)
    if not isinstance(said, Said) or not said.template:
        return said
    parts = {
        name: in_words(part, names) if isinstance(part, str) else part for name, part in said.parts.items()
    }  # fmt: skip
    return gettext(said.template) % parts

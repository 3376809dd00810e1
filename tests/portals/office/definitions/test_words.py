"""Nothing in the forms lacks words: every section, list, key and value is called something in Spanish."""

from collections.abc import Iterator

from django.utils import translation
from pydantic import BaseModel

from trenza.apps.programmes.api import attached_kinds
from trenza.core.definition import all_sections, in_words, keys_of, lists_of
from trenza.portals.office.definitions import publishing, words
from trenza.portals.office.definitions.kinds import Asked, asked_of


def every_key() -> Iterator[tuple[str, Asked]]:
    """Every key of every model, with where it stands."""
    waiting: list[tuple[str, type[BaseModel]]] = [(section.key, section.model) for section in all_sections()]
    while waiting:
        where, model = waiting.pop()
        for asked in asked_of(model):
            yield f"{where}.{asked.key}", asked
            waiting += [(f"{where}.{asked.key}", inner) for inner in asked.models]


def test_every_section_and_list_has_words():
    lists = {key for section in all_sections() for key in _lists(section.model)}

    assert {section.key for section in all_sections()} | lists == set(words.THINGS)
    assert {section.key for section in all_sections()} == set(words.PURPOSES)


def test_every_key_has_a_label_and_a_help_in_spanish():
    english = [asked.field for _where, asked in every_key()]
    with translation.override("es"):
        lacking = [
            text
            for field in english
            for text in (field.title, field.description)
            if not text or in_words(text) == str(text) != "Internet"
        ]

    assert lacking == []


def test_every_value_that_can_be_chosen_has_words():
    chosen = {
        (asked.key, value)
        for _where, asked in every_key()
        if asked.kind in ("choice", "choices")
        for value in asked.values
    }

    named = {
        ("participants", who) for who in ("women", "women_and_family", "teachers", "trainers", "mentors")
    }  # an open vocabulary
    assert chosen | named == set(words.VALUES)


def test_whoever_is_attached_is_counted_in_words():
    with translation.override("es"):
        assert [what for what in attached_kinds() if publishing.counted(what, 2) == f"2 {what}"] == []


def _lists(model: type[BaseModel]) -> set[str]:
    inner = lists_of(model)
    return set(inner) | {key for each in inner.values() for key in _lists(each)}


def test_every_key_is_asked_once():
    for section in all_sections():
        assert [asked.key for asked in asked_of(section.model)] == list(keys_of(section.model))

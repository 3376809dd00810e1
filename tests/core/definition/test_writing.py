from hypothesis import given
from hypothesis import strategies as st

from tests.core.definition.examples import GOOD, changed, read
from trenza.core.definition import write_definition
from trenza.core.definition.items import models_in

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60).filter(str.strip)
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
CODES = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)


def quoted(text: str) -> str:
    """A TOML string, written with escapes only: another hand than the writer's."""
    return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'


def test_canonical_form_is_the_file_without_comments_in_a_fixed_order():
    assert write_definition(read(GOOD)) == GOOD
    shuffled = changed(('code = "casa"\nname = "La Casa"', '# who\nname = "La Casa"\ncode = "casa"'))
    assert write_definition(read(shuffled)) == GOOD


def test_canonical_form_does_not_depend_on_the_order_of_sections():
    head, *rest = GOOD.split("\n\n[[organisation]]")
    moved = "format = 1\n\n[[organisation]]" + rest[0] + head.removeprefix("format = 1")

    assert write_definition(read(moved)) == GOOD


@given(st.data())
def test_writing_what_was_written_gives_the_same_bytes(data):
    source = changed(
        ('name = "Prueba"', f"name = {quoted(data.draw(WORDS))}"),
        ('summary = "Una prueba."', f"summary = {quoted(data.draw(TEXTS))}"),
        ('name = "La Casa"', f"name = {quoted(data.draw(WORDS))}"),
        ('course = "uno"', f'course = "{data.draw(CODES)}"'),
    )
    for number, summary in enumerate(data.draw(st.lists(TEXTS, max_size=3))):
        source += f'[[activity]]\ncode = "a{number}"\nkind = "support"\nname = "N"\nsummary = {quoted(summary)}\n'
    definition = read(source)

    written = write_definition(definition)
    again = read(written)

    assert again.data == definition.data
    assert write_definition(again) == written


def test_models_are_found_within_an_annotation():
    assert models_in(tuple[int, ...] | None) == []

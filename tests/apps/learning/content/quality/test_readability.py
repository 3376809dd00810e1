"""Sentences, words, and the scale that is made of them."""

import pytest

from trenza.apps.learning.content.quality.readability import Measure, measure, sentences, words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Abre. Mira. Cierra", ["Abre.", "Mira.", "Cierra"]),
        ("¿Qué ves? ¡Mira bien! Sigue…", ["¿Qué ves?", "¡Mira bien!", "Sigue…"]),
        ("Dice: «¿Quién es?». Y se va.", ["Dice: «¿Quién es?».", "Y se va."]),
        ("¿quién la ve?, ¿está completa?", ["¿quién la ve?, ¿está completa?"]),
        ("La Sra. Rosa y el Dr. Paz hablan.", ["La Sra. Rosa y el Dr. Paz hablan."]),
        ("Son 1.500 pesos. Nada más.", ["Son 1.500 pesos.", "Nada más."]),
        ("Wi-Fi => Internet sin cable", ["Wi-Fi =>", "Internet sin cable"]),
        ("123. 456.", []),
        ("", []),
    ],
)
def test_sentences_of_a_paragraph(text, parts):
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gasta 300 MB o 2 GB.", ["Gasta", "o"]),
        ("El Wi-Fi de Ana, y WhatsApp", ["El", "Wi-Fi", "de", "Ana", "y", "WhatsApp"]),
        ("Maestr@s 4x4 niño", ["Maestr", "s", "x", "niño"]),
        ("Y A", ["Y", "A"]),
    ],
)
def test_numbers_and_names_said_by_their_letters_are_no_words(text, found):
    assert words(text) == found


def test_scale_is_that_of_szigriszt():
    found = measure(["La casa es roja. Tu red es lenta.", "No hay wifi"])

    assert found == Measure(sentences=3, words=11, syllables=15)
    assert found.perspicuity == pytest.approx(206.835 - 62.3 * 15 / 11 - 11 / 3)
    assert found.mean == pytest.approx(11 / 3)


def test_text_without_words_has_no_value():
    assert (measure(["123", ""]).perspicuity, measure([]).mean) == (0.0, 0.0)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.credentials.certificate.letters import FONTS, missing_letters, normalise

COVERED = {
    "spanish": "áéíóúüñÁÉÍÓÚÜÑ ªº ’",
    "quechua": "ñÑ qh q' qʼ chʼ kʼ tʼ",
    "aymara": "äïüÄÏÜ ñ jalʼa",
    "guarani": "ãẽĩõũỹ g̃ G̃ ỹ ʼ ’ ñ",
    "kiche": "ʼ ꞌ Ꞌ bʼ kʼicheʼ tzʼ ä ë ï ö ü",
    "portuguese": "ãõçâêôàÇÃÕ",
    "migrants": "Łucja Şükran Ørsted Çelik Đặng Nguyễn Σοφία Анна",
}


@pytest.mark.parametrize("text", COVERED.values(), ids=COVERED.keys())
def test_missing_letters_of_the_languages_of_the_programmes_are_none(text: str) -> None:
    assert missing_letters(text) == ""


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("Rosa 🌹 Flores", "🌹"),
        ("Ana\u202eMaría", "\u202e"),  # right-to-left override: what is read is not what is written
        ("Ana\u200bMaría", "\u200b"),  # zero-width space
        ("Ana\tMaría\n", "\t\n"),
        ("Ana\u2028María", "\u2028"),
        ("Ana\u00adMaría", "\u00ad"),  # soft hyphen
        ("Ana\ufe0fMaría", "\ufe0f"),
        ("Ana\x00", "\x00"),
        ("王芳 王", "王芳"),
        ("", ""),
    ],
)
def test_missing_letters_names_each_letter_once_and_in_order(name: str, missing: str) -> None:
    assert missing_letters(name) == missing


def test_missing_letters_composes_before_it_looks() -> None:
    assert normalise("Pen\u0303a") == "Peña"
    assert missing_letters("Pen\u0303a g\u0303") == ""


@given(st.text())
def test_missing_letters_never_finds_a_letter_in_what_it_let_through(text: str) -> None:
    missing = missing_letters(text)
    kept = "".join(letter for letter in normalise(text) if letter not in missing)

    assert missing_letters(kept) == "".join(letter for letter in missing if letter in normalise(kept))
    assert len(set(missing)) == len(missing)


def test_fonts_are_few_and_carry_their_licence() -> None:
    assert sum(path.stat().st_size for path in FONTS.glob("*.ttf")) <= 2_500_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")

from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.credentials.codes import canonical, code_in, grouped
from trenza.core.ids import new_secret_code

CODE = "K7QX3M9ZT2W8R5VN4H6JBPYCD0"


def test_code_is_read_as_it_was_meant():
    for typed in (CODE, CODE.lower(), grouped(CODE), f"  {grouped(CODE).replace('-', ' ')}\n", CODE[:-1] + "o"):
        assert canonical(typed) == CODE
    assert canonical("i" * 13 + "l" * 13) == "1" * 26


def test_what_is_no_code_is_none():
    for typed in ("", "hola", CODE[:-1], CODE + "7", CODE[:-1] + "U", CODE[:-1] + "Ñ", "K7QX3M9ZT2W8R5VN4H6JBPYCD٠"):
        assert canonical(typed) is None


def test_code_is_taken_out_of_the_link_of_a_page():
    for address in (f"https://trenza.example/certificado/{CODE}/", f"/certificado/{grouped(CODE)}", CODE.lower()):
        assert code_in(address) == CODE
    for address in ("", f"https://trenza.example/{CODE}/", f"/certificado/{CODE[:-1]}/", f"/certificado/{CODE}7/"):
        assert code_in(address) is None


@given(st.text(max_size=300))
def test_anything_typed_is_a_code_or_none(typed):
    code = canonical(typed)
    assert code is None or (len(code) == 26 and canonical(code) == code)


@given(st.randoms(use_true_random=True))
def test_every_code_that_we_make_is_canonical(chance):
    code = new_secret_code(26)
    spelt = "".join(chance.choice((letter.lower(), letter, letter + " ", letter + "-")) for letter in grouped(code))
    assert canonical(spelt) == code

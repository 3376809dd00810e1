import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.credentials.openbadges.status_lists import ENTRIES, FEWEST, NoList, decode, encode, is_set

SOME = st.sets(st.integers(0, FEWEST - 1), max_size=20)


@given(SOME, st.integers(0, FEWEST - 1))
def test_bits_are_where_they_were_set(indexes, other):
    bits = decode(encode(indexes, entries=FEWEST))

    assert all(is_set(bits, index) for index in indexes)
    assert is_set(bits, other) == (other in indexes)


def test_a_million_half_of_them_revoked_fit():
    assert len(encode(set(range(0, ENTRIES, 7)))) < 200_000
    assert encode({0})[0] == "u"
    assert decode(encode({0}))[0] == 0x80  # the first bit is the left one


BOMB = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(40_000_000))).decode()
WHOLE = encode(set())


@pytest.mark.parametrize(
    "text", [None, 7, "", "u", "uAAAA", "z" + WHOLE[1:], WHOLE[:-8], encode(set(), entries=FEWEST // 2), BOMB]
)
def test_what_is_no_list_is_refused(text):
    with pytest.raises(NoList):
        decode(text)


def test_bit_outside_the_list_is_refused():
    with pytest.raises(NoList):
        is_set(decode(encode(set(), entries=FEWEST)), FEWEST)

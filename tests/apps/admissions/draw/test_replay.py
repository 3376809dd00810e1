"""The file by which anybody repeats a draw: it verifies, and does not once a byte is another."""

import hashlib

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.admissions.draw.examples import draws, replay, verified
from trenza.apps.admissions.draw.replay import ReplayNotValid
from trenza.apps.admissions.draw.rule import DrawRule, Entry, Group, list_hash
from trenza.cli.commands import main

RULE = DrawRule(seats=3, regions={"el-alto": 2, "oruro": None}, groups=(Group("rural", 1),))
ENTRIES = sorted(
    [
        Entry("AAAAAAAAAAAA", "el-alto", ("rural",)),
        Entry("BBBBBBBBBBBB", "el-alto", ()),
        Entry("CCCCCCCCCCCC", "oruro", ("rural",)),
        Entry("DDDDDDDDDDDD", "oruro", ()),
        Entry("EEEEEEEEEEEE", "el-alto", ()),
    ]
)
FILE = replay(RULE, ENTRIES)


def is_accepted(content: bytes) -> bool:
    try:
        return verified(content).faults == []
    except ReplayNotValid:
        return False


def sealed(content: bytes) -> bytes:
    """With a last line that is right again, as a forger would write it."""
    body = content[: content.rindex(b"end\t")]
    return body + b"end\t" + hashlib.sha256(body).hexdigest().encode() + b"\n"


@given(draws(most=40))
def test_file_verifies_and_says_what_was_drawn(given_draw):
    rule, entries = given_draw

    report = verified(replay(rule, entries))

    assert (report.faults, report.head.rule.text, report.head.applications) == ([], rule.text, len(entries))


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_file_fails_when_one_byte_is_another(place, change):
    changed = bytearray(FILE)
    changed[place] ^= change

    assert not is_accepted(bytes(changed))


def test_file_fails_when_it_is_cut_off_anywhere_or_goes_on():
    assert [n for n in range(len(FILE)) if is_accepted(FILE[:n])] == []
    assert not is_accepted(FILE + b"\n")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b"\t1\t", b"\t9\t", "its place in the order is 1, and not 9"),
        (b"waiting", b"at-large", "its result is “waiting”, and not “at-large”"),
        (b"el-alto\trural", b"oruro\trural", "the hash of the list is not that of these applications"),
        (b"AAAAAAAAAAAA", b"0AAAAAAAAAAA", "the hash of the list is not that of these applications"),
        (b"rural=1", b"rural=0", "reserved seats that are filled: rural=1 would be right"),
    ],
)
def test_forger_who_seals_the_file_again_is_found_by_drawing_again(old, new, says):
    assert old in FILE

    report = verified(sealed(FILE.replace(old, new, 1)))

    assert says in "\n".join(report.faults)


@given(st.binary(max_size=300))
def test_anything_else_is_no_replay_file(content):
    with pytest.raises(ReplayNotValid):
        verified(content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"applications\t5", b"applications\t05"),
        (b"applications\t5", b"applications\t99999999"),
        (b"applications\t5", b"applications\t6"),
        (b"applications\t5", b"applications\t4"),
        (b"seed\t4", b"seed\t\xc3\xa9"),
        (b"source\tL", b"source\t" + b"L" * 501),
        (b"source\tL", b"source\t" + b"L" * 50_000),
        (b"source\tL", b"source\t\xff"),
        (b"BBBBBBBBBBBB", b"B" * 2_000),
        (b"BBBBBBBBBBBB", b"AAAAAAAAAAAA"),
        (b"oruro\trural", b"oruro\trural,rural"),
        (b"oruro\trural", b"oruro\tnobody"),
        (b"oruro\trural", b"oruro\t\xff"),
        (b"\t1\t", b"\t01\t"),
        (b"\t1\t", b"\t+1\t"),
        (b"\t1\t", b"\t" + b"1" * 900 + b"\t"),
        (b"waiting", b"nothing"),
    ],
)
def test_file_of_an_enemy_is_refused(old, new):
    assert old in FILE

    assert not is_accepted(sealed(FILE.replace(old, new, 1)))


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["draw", "verify", *map(str, words)])


def test_verify_needs_no_database_and_exits_0_where_nothing_differs(tmp_path):
    file = tmp_path / "sorteo.txt"
    file.write_bytes(FILE)

    result = run(file, "--list", list_hash(ENTRIES))

    assert result.exit_code == 0, result.output
    assert "Seats given:      1 reserved, 2 at large" in result.output
    assert "Reserved seats:   rural 1 of 1" in result.output
    assert result.output.endswith("Nothing differs: the list, the rule and the seed lead to these results.\n")


def test_verify_exits_1_and_says_what_differs(tmp_path):
    file = tmp_path / "sorteo.txt"
    file.write_bytes(sealed(FILE.replace(b"waiting", b"at-large", 1)))

    result = run(file)

    assert result.exit_code == 1
    assert "its result is “waiting”, and not “at-large”" in result.output
    assert "Nothing differs" not in result.output


@pytest.mark.parametrize("option", ["--rule", "--list"])
def test_verify_exits_1_where_another_hash_was_published(tmp_path, option):
    file = tmp_path / "sorteo.txt"
    file.write_bytes(FILE)

    result = run(file, option, "0" * 64)

    assert (result.exit_code, "than the one that was published" in result.output) == (1, True)


def test_verify_exits_1_for_what_is_no_replay_file(tmp_path):
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\r\n")

    result = run(file)

    assert result.exit_code == 1
    assert "this is no replay file of a draw" in result.output or "cut off" in result.output

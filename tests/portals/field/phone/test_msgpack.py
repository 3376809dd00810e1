"""MessagePack made in a browser is what msgspec reads, in its shortest form."""

import msgspec

from tests.portals.field.phone.conftest import load

NUMBERS = [
    sign * (2**power + more)
    for power in [0, 4, 5, 7, 8, 15, 16, 31, 32, 40, 52]
    for more in [-1, 0, 1]
    for sign in [1, -1]
] + [2**53 - 1, 1 - 2**53]
VALUES = [
    *NUMBERS,
    *["", "ñandú 🧶", "a" * 31, "a" * 32, "a" * 255, "a" * 256, "ñ" * 33_000],
    *[True, False, None, 0.5, -1.25e-300],
    *[list(range(count)) for count in [0, 15, 16, 300]],
    *[{f"k{number}": number for number in range(count)} for count in [0, 15, 16, 300]],
    [1_764_300_000_000, "l", [[[0, 2], None, [1]], True, {"a": [None, {"b": "c"}]}]],
]
LONG = 65_536
BYTES = [0, 1, 255, 256, 65_535, 65_536]


def test_encode_writes_what_msgspec_reads(page):
    wrong = []
    written = page.evaluate(
        f"async (values) => {{ const {{ encode }} = {load('msgpack.js')};"
        "return values.map((value) => Array.from(encode(value))); }",
        VALUES,
    )
    for value, each in zip(VALUES, written, strict=True):
        if bytes(each) != msgspec.msgpack.encode(value):
            wrong.append(value)

    assert wrong == []


def test_encode_writes_bytes_as_bytes(page):
    written = page.evaluate(
        f"async (counts) => {{ const {{ encode }} = {load('msgpack.js')};"
        "return counts.map((count) => Array.from(encode([new Uint8Array(count).fill(9)]))); }",
        BYTES,
    )

    assert [bytes(each) for each in written] == [msgspec.msgpack.encode([b"\t" * count]) for count in BYTES]


def test_encode_writes_long_lists_and_maps(page):
    a_list, a_map = page.evaluate(
        f"""async (count) => {{
            const {{ encode }} = {load("msgpack.js")};
            const list = Array(count).fill(true);
            const map = Object.fromEntries(list.map((value, number) => [number, value]));
            return [encode(list), encode(map)].map((bytes) => [bytes.length, Array.from(bytes.subarray(0, 6))]);
        }}""",
        LONG,
    )

    expected = [msgspec.msgpack.encode(each) for each in ([True] * LONG, {str(n): True for n in range(LONG)})]
    assert [a_list, a_map] == [[len(each), list(each[:6])] for each in expected]


def test_encode_refuses_what_it_would_have_to_guess(page):
    refused = page.evaluate(
        f"""async () => {{
            const {{ encode }} = {load("msgpack.js")};
            return [2 ** 53, NaN, Infinity, undefined, [undefined], () => 1, new Date(0), new Map()].map((value) => {{
                try {{ return String(encode(value)) }} catch (error) {{ return error.name }}
            }});
        }}"""
    )

    assert set(refused) == {"TypeError"}

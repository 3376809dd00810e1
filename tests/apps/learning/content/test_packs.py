"""A course cut for a phone: chunks of lessons, and one file of each picture."""

import gzip
import json
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from trenza.apps.learning.content.images import CompiledImage, ImageFile
from trenza.apps.learning.content.limits import CHUNK_SIZE
from trenza.apps.learning.content.packs import cut, packed, pictures_in
from trenza.apps.learning.content.pictures import picture_html

LETTERS = 'abcdefghijklmnopqrstuvwxyz<>"\n'


def a_lesson(number: int, letters: int) -> tuple[str, str, int]:
    """Noise, which packs badly: a lesson as heavy as can be."""
    body = "".join(random.Random(number).choices(LETTERS, k=letters))
    return f"lesson-{number}", body, len(gzip.compress(body.encode(), 9))


@settings(max_examples=20)
@given(st.lists(st.integers(min_value=1, max_value=30_000), max_size=8))
def test_chunks_hold_every_lesson_once_in_order_within_the_limit(sizes: list[int]):
    lessons = [a_lesson(number, size) for number, size in enumerate(sizes)]

    chunks = cut(lessons)

    assert [item for chunk in chunks for item in json.loads(chunk.data).items()] == [each[:2] for each in lessons]
    assert all(len(packed(chunk.data)) <= CHUNK_SIZE for chunk in chunks)


def test_chunks_are_as_few_as_their_order_allows_and_always_the_same():
    lessons = [a_lesson(number, 16_000) for number in range(9)]

    chunks = cut(lessons)

    assert [len(chunk.lessons) for chunk in chunks] == [2, 2, 2, 2, 1]
    assert all(len(packed(chunk.data)) > CHUNK_SIZE // 2 for chunk in chunks[:-1])
    assert chunks == cut(lessons)


def test_lesson_that_is_too_heavy_has_a_chunk_for_itself():
    heavy, light = a_lesson(1, 80_000), a_lesson(2, 10)

    assert [chunk.lessons for chunk in cut([light, heavy, light])] == [
        ("lesson-2",),
        ("lesson-1",),
        ("lesson-2",),
    ]


def files(suffix: str, *widths: int) -> tuple[ImageFile, ...]:
    return tuple(ImageFile(f"{suffix}{width:04}.{suffix}", b"x" * width, width) for width in widths)


def test_picture_is_kept_in_its_widest_lightest_file_which_stands_for_the_others():
    html = picture_html(CompiledImage(640, 400, files("webp", 320, 640), files("avif", 320, 640)), "A cat")

    (picture,) = pictures_in(f"<p>{html}</p><p>{html}</p>")

    assert picture.kept == "avif0640.avif"
    assert picture.old_phones == "webp0640.webp"
    assert picture.others == ("avif0320.avif", "webp0320.webp", "webp0640.webp")


def test_picture_in_one_format_and_width_is_its_only_file():
    narrow = picture_html(CompiledImage(200, 100, files("webp", 200), ()), 'A "cat"')
    wide = picture_html(CompiledImage(640, 400, files("webp", 320, 640), ()), "A dog")

    assert pictures_in(narrow + wide) == [
        ("webp0200.webp", "", ()),
        ("webp0640.webp", "", ("webp0320.webp",)),
    ]

import io
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.apps.learning.content.examples import picture
from trenza.apps.learning.content.images import BadImage, compile_image


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def photo(width: int, height: int, mode: str = "RGB", format: str = "PNG", **options: object) -> bytes:
    """Soft colours, of which AVIF makes less than WebP does."""
    out = io.BytesIO()
    colors = Image.frombytes("RGB", (32, 24), random.Random(1).randbytes(32 * 24 * 3))
    colors.resize((width, height), Image.Resampling.BICUBIC).convert(mode).save(out, format, **options)
    return out.getvalue()


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
def test_image_becomes_webp(format):
    image = compile_image(picture(30, 20, format))

    (file,) = image.webp
    assert opened(file.data).format == "WEBP"
    assert (image.width, image.height) == opened(file.data).size == (30, 20)


@pytest.mark.parametrize(
    ("width", "widths"),
    [(1, [1]), (320, [320]), (399, [399]), (400, [320, 400]), (640, [320, 640]), (2000, [320, 640])],
)
def test_image_has_set_widths_and_is_never_enlarged(width, widths):
    image = compile_image(photo(width, 100))

    assert [file.width for file in image.webp] == [opened(file.data).width for file in image.webp] == widths
    assert [file.width for file in image.avif] in ([], widths)
    assert image.width == widths[-1]


def test_image_keeps_its_shape_at_every_width():
    image = compile_image(photo(1280, 500))

    assert [opened(file.data).size for file in image.webp] == [(320, 125), (640, 250)]
    assert (image.width, image.height) == (640, 250)


def test_avif_is_taken_where_it_is_smaller_at_every_width():
    image = compile_image(photo(1280, 960))

    assert [opened(file.data).format for file in image.avif] == ["AVIF", "AVIF"]
    assert [opened(file.data).size for file in image.avif] == [(320, 240), (640, 480)]
    assert [len(a.data) < len(w.data) for a, w in zip(image.avif, image.webp, strict=True)] == [True, True]
    assert image.weight == len(image.avif[-1].data)


def test_avif_is_left_out_where_webp_is_smaller():
    image = compile_image(picture(640, 480))

    assert image.avif == ()
    assert image.weight == len(image.webp[-1].data)
    assert image.files == image.webp


def test_image_is_named_by_its_content():
    red, again, blue = compile_image(picture()), compile_image(picture()), compile_image(picture(color="blue"))

    assert red == again
    assert red.webp[0].name != blue.webp[0].name
    assert {file.name for file in red.files}.isdisjoint(file.name for file in blue.files)
    assert re.fullmatch(r"[0-9a-f]{20}\.webp", red.webp[0].name)


def test_image_loses_its_metadata_and_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Phone of Rosa"
    turned = photo(400, 200, format="JPEG", exif=exif)

    image = compile_image(turned)

    assert (image.width, image.height) == (200, 400)
    assert b"Rosa" in turned
    assert [b"Rosa" in file.data for file in image.files] == [False, False]


def test_image_keeps_transparency():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")

    image = compile_image(out.getvalue())

    assert opened(image.webp[0].data).convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


def test_layer_through_which_nothing_is_seen_is_dropped():
    assert compile_image(photo(500, 300, "RGBA")) == compile_image(photo(500, 300))


def test_image_too_tall_for_a_phone_is_refused():
    with pytest.raises(BadImage, match="too tall for a phone"):
        compile_image(picture(10, 9_000))


@pytest.mark.parametrize("format", ["BMP", "TIFF", "PPM"])
def test_image_of_another_format_is_refused(format):
    with pytest.raises(BadImage, match="cannot be read"):
        compile_image(picture(format=format))


def test_svg_that_is_called_otherwise_is_refused_with_its_own_words():
    with pytest.raises(BadImage, match="This is an SVG drawing, whatever it is called"):
        compile_image(b'<?xml version="1.0"?><SVG xmlns="http://www.w3.org/2000/svg"><script/></SVG>')


def test_image_of_too_many_pixels_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    Image.new("1", (6000, 5000)).save(out, "PNG")
    assert len(out.getvalue()) < 10_000

    with pytest.raises(BadImage, match="6,000 × 5,000 pixels"):
        compile_image(out.getvalue())


def test_image_of_too_many_bytes_is_refused():
    with pytest.raises(BadImage, match="KB"):
        compile_image(picture() + b"\0" * 8 * 1024 * 1024)


@given(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]), st.data())
def test_damaged_image_is_compiled_or_refused(format, data):
    damaged = bytearray(picture(16, 16, format))
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    damaged = damaged[: data.draw(st.integers(0, len(damaged)))]

    try:
        image = compile_image(bytes(damaged))
    except BadImage:
        return
    assert {opened(file.data).format for file in image.webp} == {"WEBP"}

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.apps.learning.content.examples import picture
from trenza.apps.learning.content.images import BadImage, compile_image


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
def test_image_becomes_webp(format):
    image = compile_image(picture(30, 20, format))

    assert opened(image.data).format == "WEBP"
    assert (image.width, image.height) == opened(image.data).size == (30, 20)


def test_image_is_at_most_640_pixels_wide():
    image = compile_image(picture(1280, 500))

    assert (image.width, image.height) == opened(image.data).size == (640, 250)


def test_image_is_named_by_its_content():
    red, again, blue = compile_image(picture()), compile_image(picture()), compile_image(picture(color="blue"))

    assert red == again
    assert red.name != blue.name
    assert red.name.endswith(".webp")


def test_image_loses_its_metadata_and_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Phone of Rosa"
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "JPEG", exif=exif)

    image = compile_image(out.getvalue())

    assert (image.width, image.height) == (20, 40)
    assert b"Rosa" in out.getvalue()
    assert b"Rosa" not in image.data


def test_image_keeps_transparency():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")

    assert opened(compile_image(out.getvalue()).data).convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize("format", ["BMP", "TIFF", "PPM"])
def test_image_of_another_format_is_refused(format):
    with pytest.raises(BadImage, match="cannot be read"):
        compile_image(picture(format=format))


def test_svg_is_refused_with_its_own_words():
    with pytest.raises(BadImage, match="SVG drawings are refused"):
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
    assert opened(image.data).format == "WEBP"

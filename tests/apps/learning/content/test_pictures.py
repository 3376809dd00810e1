"""How a picture stands in a lesson: what each browser downloads, and what it weighs."""

from trenza.apps.learning.content.images import CompiledImage, ImageFile
from trenza.apps.learning.content.pictures import SIZES, picture_html, picture_weights


def files(suffix: str, *widths: int, size: int) -> tuple[ImageFile, ...]:
    return tuple(ImageFile(f"{width}.{suffix}", b"x" * size * width, width) for width in widths)


def test_picture_offers_avif_and_falls_to_webp():
    image = CompiledImage(640, 480, files("webp", 320, 640, size=2), files("avif", 320, 640, size=1))

    assert picture_html(image, "A <phone>") == (
        '<picture><source type="image/avif" srcset="/archivos/320.avif 320w,/archivos/640.avif 640w"'
        f' sizes="{SIZES}">'
        '<img src="/archivos/320.webp" srcset="/archivos/320.webp 320w,/archivos/640.webp 640w"'
        f' sizes="{SIZES}" alt="A &lt;phone&gt;" width="640" height="480"'
        ' data-bytes="640" loading="lazy" decoding="async"></picture> <small>1 KB</small>'
    )


def test_picture_without_avif_is_an_image():
    image = CompiledImage(400, 300, files("webp", 320, 400, size=1), ())

    assert picture_html(image, "A phone") == (
        f'<img src="/archivos/320.webp" srcset="/archivos/320.webp 320w,/archivos/400.webp 400w" sizes="{SIZES}"'
        ' alt="A phone" width="400" height="300" data-bytes="400" loading="lazy" decoding="async"> <small>1 KB</small>'
    )


def test_picture_of_one_width_needs_no_sizes():
    image = CompiledImage(100, 50, files("webp", 100, size=2), files("avif", 100, size=1))

    assert picture_html(image, "A phone") == (
        '<picture><source type="image/avif" srcset="/archivos/100.avif"><img src="/archivos/100.webp" alt="A phone"'
        ' width="100" height="50" data-bytes="100" loading="lazy" decoding="async"></picture> <small>1 KB</small>'
    )


def test_picture_shown_twice_weighs_once():
    one = picture_html(CompiledImage(100, 50, files("webp", 100, size=2), ()), "One")
    other = picture_html(CompiledImage(200, 50, files("webp", 200, size=2), files("avif", 200, size=1)), "Other")

    assert picture_weights([one + other, one]) == {"/archivos/100.webp": 200, "/archivos/200.webp": 200}
    assert sum(picture_weights([one, one]).values()) == 200

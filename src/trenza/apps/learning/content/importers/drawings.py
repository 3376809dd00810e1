"""SVG drawings of others made pictures: most hold more than the shapes that our lessons show, a picture holds nothing.

Typst's renderer draws it: it runs no scripts and fetches nothing. It is given the drawing alone, in a folder of its
own.
"""

import re
import tempfile
from pathlib import Path

from trenza.apps.learning.content import limits

_SIZE = 2 * 1024 * 1024
_ELEMENTS = 20_000
_PAGE = """#set page(width: 320pt, height: auto, margin: 0pt, fill: white)
#context {
  let drawing = image("drawing.svg", width: 320pt)
  if measure(drawing).height > 960pt { align(center, image("drawing.svg", height: 960pt)) } else { drawing }
}
"""
_PPI = limits.IMAGE_WIDTH / 320 * 72
_REFUSED = re.compile(rb"<!ENTITY|<(?:[a-z]+:)?(?:image|foreignObject)\b|<(?:[a-z]+:)?fe[A-Z]", re.IGNORECASE)


class BadDrawing(Exception):
    """A drawing that cannot be made a picture; the text says why."""


def draw(svg: bytes) -> bytes:
    """A PNG of the drawing on white, as wide as lessons show pictures.

    Raises:
        BadDrawing: it is no SVG, or holds what could take too long or lead out of it.
    """
    if len(svg) > _SIZE or svg.count(b"<") > _ELEMENTS:
        raise BadDrawing(f"it is larger than {_SIZE // 1024 // 1024} MB or has more than {_ELEMENTS:,} elements.")
    if _REFUSED.search(svg):
        raise BadDrawing("it holds entities, filters or other pictures.")
    import typst  # 7 MB

    with tempfile.TemporaryDirectory(prefix="trenza-drawing-") as folder:
        page = Path(folder) / "page.typ"
        page.write_text(_PAGE)
        (Path(folder) / "drawing.svg").write_bytes(svg)
        try:
            drawn = typst.compile(page, root=Path(folder), format="png", ppi=_PPI, ignore_system_fonts=True)
        except typst.TypstError as error:
            raise BadDrawing("it is not an SVG drawing that can be read.") from error
        except BaseException as error:
            # The renderer panics at a few broken drawings; what Rust throws is no Exception and has no module.
            if type(error).__name__ != "PanicException":
                raise
            raise BadDrawing("it is not an SVG drawing that can be drawn.") from error
    if not isinstance(drawn, bytes):
        raise BadDrawing("it does not fit one page.")
    return drawn

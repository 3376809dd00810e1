"""Codes that a camera reads from a screen, as pictures."""

import io


def drawn(text: str) -> bytes:
    """The QR code of a text, an SVG of its own, with the quiet zone that readers need; black on white in the dark
    too."""
    import segno  # 2 MB

    picture = io.BytesIO()
    code = segno.make(text, error="m" if len(text) < 120 else "l", micro=False, boost_error=False)
    code.save(picture, kind="svg", border=4, light="#fff", omitsize=True, xmldecl=False)
    return picture.getvalue()

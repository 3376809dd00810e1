"""The style sheet and scripts that field pages carry inside themselves, made small once per process.

A page is one request: what it needs to be usable comes with it. Each piece is allowed by its hash in the
Content-Security-Policy (`csp.py`), so a script that somebody injects does not run.
"""

import base64
import hashlib
import re
from pathlib import Path
from typing import Final

import rjsmin

ASSETS: Final = Path(__file__).parent / "assets"

_LESSON_ENDS: Final = "/* ==== beyond the lesson ==== */"
_CSS_GAP: Final = re.compile(r"""("[^"]*"|'[^']*')|(?:/\*.*?\*/|\s+)+""", re.DOTALL)
_CSS_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_SPACE: Final = re.compile(r"""("[^"]*"|'[^']*')|(?:\s?;)?\s?(\})\s?|\s?([{;,>])\s?|:\s""")


def small_css(source: str) -> str:
    """The same style sheet without comments and needless space.

    Strings stay as they are. A space before a colon stays (`a :hover` is not `a:hover`), and so do those around `+`
    and `-`, which `calc()` needs.
    """
    text = _CSS_GAP.sub(lambda m: m[1] or (" " if _CSS_COMMENT.sub("", m[0]) else ""), source)
    text = _CSS_SPACE.sub(lambda m: m[1] or m[2] or m[3] or ":", text)
    return text.strip()


def small_js(source: str) -> str:
    """The same script without comments and needless space; names stay, so that an error can still be read.

    A comment that begins with an exclamation mark stays too: the licence of what others wrote.
    """
    return str(rjsmin.jsmin(source, keep_bang_comments=True)).strip()


def csp_hash(text: str) -> str:
    """The source expression that allows this inline text, as CSP level 3 defines it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _scripts(*names: str) -> str:
    """Several modules as one, each in its own block so that their names do not meet."""
    return "\n".join("{\n" + small_js(_read(name)) + "\n}" for name in names)


def _early() -> str:
    """What runs as soon as the bar is there, before anything is painted: leaving, and the look that she chose.

    A module would wait until the page is parsed; on a slow network that is seconds in which she could not leave.
    """
    appearance = small_js(_read("phone/appearance.js").replace("export const", "const"))
    return _scripts("exit.js", "later.js") + "\n{\n" + appearance + "\nappear();\n}"


LOOK: Final = small_css(_read("look.css"))
LESSON_LOOK: Final = small_css(_read("look.css").partition(_LESSON_ENDS)[0])
TEACHING_LOOK: Final = small_css(_read("teaching.css"))
KINDS_LOOK: Final = small_css(_read("kinds.css"))
SCRIPT: Final = _early()
LESSON_SCRIPT: Final = _scripts("lesson.js")
VEIL: Final = _scripts("veil.js")

"""The pictures of a foreign course: found, drawn when they are drawings, and named as our courses name them."""

import posixpath
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from trenza.apps.learning.content.images import SUFFIXES
from trenza.apps.learning.content.importers.drawings import BadDrawing, draw
from trenza.apps.learning.content.importers.escaping import escape_text
from trenza.apps.learning.content.importers.naming import slug
from trenza.apps.learning.content.importers.notes import Notes
from trenza.apps.learning.content.importers.options import Options
from trenza.apps.learning.content.sources import Files

_EMPTY_WORDS = re.compile(
    r"\s*(?:(?:an?|una?|el|la|the)\s+)?(?:image|imagen|img|picture|photo|foto|figure|figura|screenshot|captura"
    r"|untitled|alt(?:[ -]text)?|placeholder|logo)?\s*[0-9]*\s*(?:\.(?:png|jpe?g|gif|svg|webp))?\s*",
    re.IGNORECASE,
)
_PICTURES = (*SUFFIXES, ".svg", ".bmp", ".tif", ".tiff", ".avif", ".heic")


class Pictures:
    """Every picture that a page shows goes through here; the same file is shown once under one name."""

    def __init__(self, files: Files, options: Options, notes: Notes) -> None:
        self.files, self.options, self.notes = files, options, notes
        self.names: dict[str, str] = {}

    @staticmethod
    def says_something(description: str) -> bool:
        """Whether a description is more than the word picture."""
        return _EMPTY_WORDS.fullmatch(description) is None

    def find(self, file: str, address: str) -> str | None:
        """The file of a picture in the folder that a page names, or None."""
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#", address) or not address:
            return None
        path = unquote(address.split("#")[0].split("?")[0])
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
        for name in (beside, posixpath.normpath(path.lstrip("/"))):
            if name in self.files and name.lower().endswith(_PICTURES):
                return name
        return None

    def show(self, file: str, address: str, description: str, line: int) -> str:
        """The Markdown of a picture in the folder, or what stands for it."""
        description = " ".join(re.sub(r"</?[A-Za-z]+>", "", description).split())
        name = self.find(file, address)
        if name is None:
            told = f" It shows: {description}" if self.says_something(description) else ""
            self.notes.miss(file, line, f"the picture {address[:200]} is not in the folder.{told}")
            return self._instead(description)
        if name.lower().endswith(".svg") and self.options.drawings != "draw":
            told = f" It shows: {description}" if self.says_something(description) else ""
            self.notes.change(file, line, f"the drawing {name} was left out, as it was asked for.{told}")
            return self._instead(description) if self.options.drawings == "describe" else ""
        ours = self._ours(name, file, line)
        if not ours:
            return self._instead(description)
        self.notes.used.add(name)
        if not self.says_something(description):
            description = PurePosixPath(name).stem.replace("_", " ").replace("-", " ")
            self.notes.change(file, line, f"the picture {name} has no description; its name stands for it: write one")
        return f"![{escape_text(description)}]({ours})"

    def _instead(self, description: str) -> str:
        return f"({escape_text(description)})" if self.says_something(description) else ""

    def _ours(self, name: str, file: str, line: int) -> str:
        """Our name of a picture, whose bytes are then among the notes; empty when it cannot be shown."""
        if name in self.names:
            return self.names[name]
        data, suffix = self.files[name], PurePosixPath(name).suffix.lower()
        if suffix == ".svg":
            drawn = self._draw(name, data, file, line)
            if drawn is None:
                return ""
            data, suffix = drawn, ".png"
        elif not name.lower().endswith(SUFFIXES):
            self.notes.change(file, line, f"the picture {name} was left out: only PNG, JPEG, WebP and GIF are shown")
            return ""
        stem = slug(PurePosixPath(name).stem) or "picture"
        ours, number = f"images/{stem}{suffix}", 2
        while ours in self.notes.images:
            ours, number = f"images/{stem}-{number}{suffix}", number + 1
        self.names[name] = ours
        self.notes.images[ours] = data
        return ours

    def _draw(self, name: str, data: bytes, file: str, line: int) -> bytes | None:
        try:
            drawn = draw(data)
        except BadDrawing as bad:
            self.notes.miss(file, line, f"the drawing {name} cannot be shown: {bad}")
            return None
        self.notes.kept["drawings made pictures"] += 1
        return drawn

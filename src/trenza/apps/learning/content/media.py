"""Recordings of a course: kept as they are, named by their content, and fetched by nobody who has not asked for them.

    ::: audio audio/julia.opus minutes=2 Doña Julia tells what she did
    What is said in it, word for word.
    :::

Nothing of a recording is ever executed or unpacked here: its first bytes are looked at, and it is copied.
"""

import hashlib
import math
import re
from collections.abc import Iterable
from html import escape
from pathlib import PurePosixPath
from typing import Final, Literal, NamedTuple

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.phrases import Phrases
from trenza.apps.learning.content.pictures import FILES_URL

Kind = Literal["audio", "video"]

KINDS: Final[tuple[Kind, ...]] = ("audio", "video")
ENDINGS: Final[dict[Kind, tuple[str, ...]]] = {"audio": ("opus", "ogg", "m4a", "mp3"), "video": ("webm", "mp4")}
SUFFIXES: Final = tuple(f".{ending}" for endings in ENDINGS.values() for ending in endings)

_LIMITS: Final[dict[Kind, int]] = {"audio": limits.AUDIO_SIZE, "video": limits.VIDEO_SIZE}
_MINUTES: Final = re.compile(r"minutes=(\d{1,3})$")
_MEDIA: Final = re.compile(r'<a class="btn ghost" href="([^"]*)" data-media="[a-z]+" data-bytes="(\d+)"')


class Recording(NamedTuple):
    """A recording that may be used. `name` is its address and its hash."""

    name: str
    data: bytes


class Heading(NamedTuple):
    """What stands behind `::: audio`: its file, its minutes where they are given, its title."""

    file: str
    minutes: int
    title: str


class BadRecording(Exception):
    """A recording that cannot be used; `problem` and `remedy` are sentences for the author."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


def read_heading(text: str) -> Heading:
    """Whatever is not there is empty; `minutes=0` is the same as none."""
    words = text.split()
    file, rest = (words[0], words[1:]) if words else ("", [])
    found = _MINUTES.match(rest[0]) if rest else None
    return Heading(file, int(found[1]) if found else 0, " ".join(rest[1:] if found else rest))


def check_recording(kind: Kind, name: str, data: bytes) -> Recording:
    """The recording, if its ending and its first bytes are those of one.

    Raises:
        BadRecording: too large, of an ending that phones do not play, or something else than its ending says.
    """
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    if ending not in ENDINGS[kind]:
        raise BadRecording(
            f"A file .{ending[:8]} is no {kind} that phones play." if ending else f"The {kind} has no ending.",
            f"Save it as {', '.join(ENDINGS[kind])}.",
        )
    if len(data) > _LIMITS[kind]:
        raise BadRecording(
            f"The {kind} has {len(data) // 1024:,} KB.",
            f"Make it shorter or smaller: at most {_LIMITS[kind] // 1024:,} KB.",
        )
    if not _begins_as(ending, data):
        raise BadRecording(f"This is no .{ending}, whatever it is called.", f"Save the {kind} again.")
    return Recording(f"{hashlib.sha256(data).hexdigest()[:20]}.{ending}", data)


def _begins_as(ending: str, data: bytes) -> bool:
    """By the signs that the formats begin with: Ogg (RFC 3533), Matroska (RFC 9559), ISO 14496-12, MPEG audio."""
    match ending:
        case "opus":
            return data.startswith(b"OggS") and b"OpusHead" in data[:64]
        case "ogg":
            return data.startswith(b"OggS")
        case "m4a" | "mp4":
            return data[4:8] == b"ftyp"
        case "webm":
            return data.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in data[:64]
        case "mp3":
            return data.startswith(b"ID3") or _is_mpeg_frame(data)
    return False


def _is_mpeg_frame(data: bytes) -> bool:
    """The sync word of eleven bits, then a layer: 0 is reserved, and is what AAC streams have there."""
    return len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0 and data[1] & 0x06 != 0


def media_html(kind: Kind, recording: Recording, heading: Heading, transcript: str, words: Phrases) -> str:
    """A link that opens the recording, with its minutes and its weight, and what is said in it below.

    assets/phone/media.js makes a player of the link when it is touched; nothing is fetched before.
    """
    size = len(recording.data)
    kilobytes = math.ceil(size / 1024)
    weight = f"{kilobytes} KB" if kilobytes < 1024 else f"{math.ceil(size / 1024 / 1024 * 10) / 10:g} MB"
    minutes = ""
    if heading.minutes:
        minutes = words.minute if heading.minutes == 1 else words.minutes.format(minutes=heading.minutes)
    facts = ", ".join(filter(None, (minutes, weight)))
    verb = words.listen if kind == "audio" else words.watch
    return (
        f'<div class="card media"><b>{escape(heading.title)}</b>\n'
        f'<p><a class="btn ghost" href="{FILES_URL}{recording.name}" data-media="{kind}" data-bytes="{size}">'
        f"{verb} ({facts})</a></p>\n"
        f"<details><summary>{words.transcript}</summary>\n{transcript}</details></div>"
    )


def media_weights(html: Iterable[str]) -> dict[str, int]:
    """What the recordings in these pages weigh, in bytes by address. No page fetches them by itself."""
    return {address: int(size) for body in html for address, size in _MEDIA.findall(body)}

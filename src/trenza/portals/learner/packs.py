"""The list of what a phone downloads to have a course without a signal (docs/phone.md)."""

import gzip
import hashlib
import json
from functools import lru_cache
from itertools import zip_longest
from typing import Any, NamedTuple

from django.urls import reverse

from trenza.apps.learning.api import CourseVersion, Pack, PackFile, pack_of
from trenza.portals.learner.facts import facts_of
from trenza.portals.learner.links import lesson_url


class Manifest(NamedTuple):
    """The JSON, the same compressed, and an ETag without its quotes."""

    plain: bytes
    packed: bytes
    etag: str


def pack_url(version: CourseVersion) -> str:
    """Where the list of a version's pack is (`version.course` must be loaded)."""
    return reverse("pack", args=[version.course.code, version.short])


def pack_bytes(version: CourseVersion) -> int:
    """What downloading a version takes of her data: its files, and the list of them."""
    return pack_of(version).size + len(manifest_of(version).packed)


def manifest_of(version: CourseVersion) -> Manifest:
    """The list of a version's pack, whose chunks are there (`version.course` must be loaded)."""
    pack_of(version)
    return _manifest(version)


@lru_cache(maxsize=200)
def _manifest(version: CourseVersion) -> Manifest:
    pack = pack_of(version)
    content = {
        "course": version.course.code,
        "version": version.short,
        "title": version.title,
        "language": version.language,
        "pass": float(f"{version.pass_score:g}"),  # so that a script writes it as `LessonFacts` does
        "bytes": pack.size,
        "files": [_file(each) for each in pack.files],
        "lessons": _lessons(pack),
        "instead": dict(pack.stands_for),
    }
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Manifest(plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:16])


def _file(file: PackFile) -> dict[str, Any]:
    facts: dict[str, Any] = {"name": file.name, "bytes": file.size, "sha256": file.sha256}
    return {**facts, "old": _file(file.old_phones)} if file.old_phones else facts


def _lessons(pack: Pack) -> list[dict[str, Any]]:
    rows = []
    for each, following in zip_longest(pack.lessons, pack.lessons[1:]):
        facts = facts_of(each.lesson, following.lesson if following and not following.lesson.test else None)
        rows.append(
            {
                "code": each.lesson.code,
                "title": each.lesson.title,
                "id": facts.lesson,
                "url": lesson_url(each.lesson),
                "next": facts.next_url,
                "minutes": each.lesson.minutes,
                "exam": facts.exam,
                "file": each.file,
                "images": list(each.images),
                **({"test": True} if each.lesson.test else {}),  # known to the phone, and in no list of lessons
            }
        )
    return rows

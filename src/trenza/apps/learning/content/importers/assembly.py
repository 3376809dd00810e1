"""Pages, once they are read, become a course folder of ours."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import tomli_w
from markdown_it import MarkdownIt

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.cleaning import clean
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.images import SUFFIXES
from trenza.apps.learning.content.importers.contract import Imported
from trenza.apps.learning.content.importers.naming import short, slug
from trenza.apps.learning.content.importers.options import FILE as OPTIONS_FILE
from trenza.apps.learning.content.importers.options import Options
from trenza.apps.learning.content.importers.page import Course
from trenza.apps.learning.content.importers.parting import divide, reading_minutes
from trenza.apps.learning.content.importers.pieces import Piece
from trenza.apps.learning.content.manifest import CODE_LENGTH, FORMAT
from trenza.apps.learning.content.manifest import NAME as COURSE
from trenza.apps.learning.content.markdown import make_parser

_NAMES_SHOWN = 12
_SHORT = 500
_SHORT_SUMMARY = 40


@dataclass(frozen=True)
class SourcePage:
    """A page of the source. `minutes` is 0 where the source does not say them."""

    file: str
    title: str
    pieces: Sequence[Piece]
    minutes: float = 0
    summary: str = ""


@dataclass(frozen=True)
class About:
    """What the source says of the course as a whole; empty where it says nothing. `file` is where it says it."""

    file: str
    code: str
    title: str
    summary: str = ""
    language: str = ""
    licence: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    remark: str = ""
    """What stands behind the source whoever says it: that a machine translated the course."""


def assemble(course: Course, about: About, pages: Sequence[SourcePage], problems: Problems) -> Imported:
    """The course folder, and what became of everything.

    Raises:
        CourseErrors: whatever is among the problems, and a title, a licence or an author that nobody names.
    """
    _check(about, course.options, problems)
    problems.raise_if_any()
    lessons, origin = _lessons(course, pages, about.language)
    problems.raise_if_any()
    files = {
        COURSE: tomli_w.dumps(_manifest(about, course.options, list(lessons))).encode(),
        **{name: text.encode() for name, text in lessons.items()},
        **course.notes.images,
    }
    ours = {ours: name for name, ours in course.pictures.names.items() if ours}
    _note_left_out(course, about)
    return Imported(
        files=files,
        origin={COURSE: about.file, **origin, **ours},
        kept=dict(sorted(course.notes.kept.items())),
        missing=course.notes.missing,
        changed=course.notes.changed,
        unused=tuple(name for name in sorted(course.files) if _is_picture(name) and name not in course.notes.used),
    )


def _is_picture(name: str) -> bool:
    return name.lower().endswith((*SUFFIXES, ".svg"))


def _check(about: About, options: Options, problems: Problems) -> None:
    for key, found in (("title", about.title), ("licence", about.licence), ("authors", about.authors)):
        if not found and not getattr(options, key):
            problems.add(
                about.file,
                0,
                f"Nothing in the folder says the {key} of the course.",
                f"Say it in {OPTIONS_FILE}, or with `--set {key}=…`.",
            )


def _manifest(about: About, options: Options, lessons: list[str]) -> dict[str, object]:
    title = short(options.title or about.title, limits.TITLE_LENGTH)
    code = options.code or slug(about.code, CODE_LENGTH) or slug(title, CODE_LENGTH) or "course"
    source = options.source or about.source
    source = f"{source} ({about.remark})" if source and about.remark else source or about.remark
    return {
        "format": FORMAT,
        "code": code,
        "title": title,
        "summary": short(options.summary or about.summary or title, limits.SUMMARY_LENGTH),
        "language": about.language,
        "licence": options.licence or about.licence,
        "authors": [short(name, limits.TITLE_LENGTH) for name in options.authors or about.authors],
        **({"source": short(source, limits.SOURCE_LENGTH)} if source else {}),
        "lessons": lessons,
    }


def _lessons(course: Course, pages: Sequence[SourcePage], language: str) -> tuple[dict[str, str], dict[str, str]]:
    """The lessons by our name of their file, and the file of the source that each came from."""
    md = make_parser(language)
    divided: list[tuple[SourcePage, list[tuple[list[Piece], int]]]] = []
    for page in _told_apart(course, pages):
        pieces = _trim(page.pieces)
        if _shows_nothing(pieces, md):
            course.notes.miss(page.file, 0, "the page is empty. There is no lesson for it.")
            continue
        if not page.minutes:
            course.notes.change(page.file, 0, "the minutes are an estimate from the length")
        minutes = page.minutes or reading_minutes(pieces)
        parts = divide(pieces, minutes, md, split=course.options.split)
        if len(parts) > 1:
            course.notes.kept["pages divided"] += 1
        divided.append((page, parts))
        course.notes.used.add(page.file)
    width = len(str(sum(len(parts) for _, parts in divided)))
    lessons: dict[str, tuple[SourcePage, str, int, list[Piece]]] = {}
    places: dict[tuple[str, str], str] = {}
    for page, parts in divided:
        for number, (pieces, minutes_of_part) in enumerate(parts, start=1):
            title = _part_title(course, page.title, number, len(parts))
            name = f"{len(lessons) + 1:0{max(2, width)}}-{slug(title) or 'lesson'}.md"
            lessons[name] = (page, title, minutes_of_part, pieces)
            for anchor in ["", *(anchor for piece in pieces for anchor in piece.anchors)]:
                places.setdefault((page.file, anchor), name)
    texts = {name: _text(course, name, *lesson, places) for name, lesson in lessons.items()}
    return texts, {name: lesson[0].file for name, lesson in lessons.items()}


def _told_apart(course: Course, pages: Sequence[SourcePage]) -> list[SourcePage]:
    """The pages, of which no two have the same title: what they belong to, or a number, is added."""
    counts = Counter(page.title for page in pages)
    both = Counter((page.title, page.summary) for page in pages)
    numbers: Counter[str] = Counter()
    told = []
    for page in pages:
        if counts[page.title] > 1:
            numbers[page.title] += 1
            short_enough = 0 < len(page.summary) <= _SHORT_SUMMARY and both[page.title, page.summary] == 1
            title = f"{page.title} ({page.summary if short_enough else numbers[page.title]})"
            course.notes.change(page.file, 0, f"other pages have its title; it became «{title}»")
            page = replace(page, title=title)
        told.append(page)
    return told


def _shows_nothing(pieces: Sequence[Piece], md: MarkdownIt) -> bool:
    """Whether nothing is left for a learner to see: no piece, or tags that hold nothing."""
    text = "\n\n".join(piece.markdown for piece in pieces)
    if not text or len(text) > _SHORT:
        return not text
    return not clean(md.render(text), image=lambda source, words: source, link=lambda address: address)


def _part_title(course: Course, title: str, number: int, count: int) -> str:
    if count == 1:
        return short(title, limits.TITLE_LENGTH)
    return course.words.part.format(title=short(title, limits.TITLE_LENGTH - 20), number=number, count=count)


def _trim(pieces: Iterable[Piece]) -> list[Piece]:
    """Without rules at the beginning and the end."""
    kept = list(pieces)
    while kept and kept[0].markdown == "___":
        kept.pop(0)
    while kept and kept[-1].markdown == "___":
        kept.pop()
    return kept


def _text(
    course: Course,
    name: str,
    page: SourcePage,
    title: str,
    minutes: int,
    pieces: list[Piece],
    places: Mapping[tuple[str, str], str],
) -> str:
    head: dict[str, object] = {"title": title or name, "minutes": min(max(1, minutes), limits.MINUTES)}
    if page.summary:
        head["summary"] = short(page.summary, limits.SUMMARY_LENGTH)
    body = "\n\n".join(piece.markdown for piece in _trim(pieces))
    return f"+++\n{tomli_w.dumps(head)}+++\n\n{course.links.settle(body, name, places)}\n"


def _note_left_out(course: Course, about: About) -> None:
    """Files of the source that are nothing which a lesson shows."""
    spare = [
        name
        for name in sorted(course.files)
        if name not in course.notes.used and not _is_picture(name) and name not in (about.file, OPTIONS_FILE)
    ]
    if spare:
        shown = ", ".join(spare[:_NAMES_SHOWN]) + (", …" if len(spare) > _NAMES_SHOWN else "")
        course.notes.change(
            about.file, 0, f"files that are no page and no picture were left out ({len(spare)}): {shown}"
        )

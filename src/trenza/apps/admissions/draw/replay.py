"""The replay file: everything that a draw follows from, without a name, so that anybody can repeat it.

Lines of UTF-8, each ended by a line feed; docs/draw.md describes them. Written and read as a stream.
"""

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, Final

from trenza.apps.admissions.draw.allocation import AT_LARGE, RESERVED, WAITING
from trenza.apps.admissions.draw.drawing import Drawing, Drawn, EntryNotValid, seed_problem
from trenza.apps.admissions.draw.rule import MOST_APPLICATIONS, DrawRule, Entry, RuleNotValid, line_of

FIRST_LINE: Final = "trenza-draw 1"
KEYS: Final = (
    "call", "source", "rule", "rule-sha256", "applications", "list-sha256", "seed-source", "seed", "reserved"
)  # fmt: skip
RESULTS: Final = {RESERVED: "reserved", AT_LARGE: "at-large", WAITING: "waiting"}
MOST_TEXT: Final = 500
_LONGEST_HEAD: Final = 20_000
_LONGEST_LINE: Final = 1_000
_MOST_FAULTS: Final = 20
_CODES: Final = {name.encode(): code for code, name in RESULTS.items()}
_AT_ONCE: Final = 10_000


class ReplayNotValid(ValueError):
    """This cannot be read as a replay file; the text says where and why."""


@dataclass(frozen=True)
class Head:
    """What stands above the applications: what was published before, and where the seed came from."""

    call: str
    source: str
    rule: DrawRule
    list_hash: str
    applications: int
    seed_source: str
    seed: str


@dataclass
class Report:
    """What a file says of itself, and every way in which it is not what its rule, list and seed lead to."""

    head: Head
    rule_hash: str
    filled: tuple[int, ...] = ()
    reserved: int = 0
    at_large: int = 0
    faults: list[str] = field(default_factory=list)

    def blame(self, fault: str) -> None:
        """Add a fault; of very many the first are enough."""
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(fault)
        elif len(self.faults) == _MOST_FAULTS:
            self.faults.append("and more")


def write_replay(head: Head, entries: Iterable[tuple[Entry, int, int]], filled: tuple[int, ...]) -> Iterator[bytes]:
    """The file in pieces, from each application in order of its number, with its place in the order and its result."""
    digest = hashlib.sha256()
    for piece in _pieces(head, entries, filled):
        digest.update(piece)
        yield piece
    yield f"end\t{digest.hexdigest()}\n".encode()


def rule_hash(rule: DrawRule) -> str:
    """SHA-256 of the line of the rule, without its end: what is published before the call opens."""
    return hashlib.sha256(rule.text.encode()).hexdigest()


def verify_replay(stream: BinaryIO) -> Report:
    """Draw again and compare: the report's faults are empty if nothing differs.

    Raises:
        ReplayNotValid: the file is cut off, too large, or no replay file.
    """
    lines = _Lines(stream)
    head, said = _read_head(lines)
    report = Report(head, rule_hash(head.rule))
    if said["rule-sha256"] != report.rule_hash:
        report.blame("the hash of the rule is not the rule's")
    drawing, ranks, results = _read_applications(lines, head, report)
    drawn = drawing.draw(head.seed)
    report.filled = drawn.filled
    report.reserved, report.at_large = (drawn.results.count(each) for each in (RESERVED, AT_LARGE))
    if said["reserved"] != _said_filled(head.rule, drawn.filled):
        report.blame(f"reserved seats that are filled: {_said_filled(head.rule, drawn.filled)} would be right")
    _compare(ranks, results, drawn, report)
    return report


def _pieces(head: Head, entries: Iterable[tuple[Entry, int, int]], filled: tuple[int, ...]) -> Iterator[bytes]:
    values = (
        head.call, head.source, head.rule.text, rule_hash(head.rule), head.applications, head.list_hash,
        head.seed_source, head.seed, _said_filled(head.rule, filled),
    )  # fmt: skip
    yield "".join([f"{FIRST_LINE}\n", *(f"{key}\t{value}\n" for key, value in zip(KEYS, values, strict=True))]).encode()
    rest = iter(entries)
    while some := list(islice(rest, _AT_ONCE)):
        yield "".join(f"{line_of(entry)}\t{rank}\t{RESULTS[result]}\n" for entry, rank, result in some).encode()


def _said_filled(rule: DrawRule, filled: tuple[int, ...]) -> str:
    return ",".join(f"{group.code}={n}" for group, n in zip(rule.groups, filled, strict=True))


class _Lines:
    """The lines of a stream, counted, with the digest of all that were read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.number = 0

    def next(self, longest: int) -> bytes:
        """The next line without its end. Raises ReplayNotValid at the end of the file, and for a line too long."""
        line = self._stream.readline(longest + 1)
        self.number += 1
        if not line.endswith(b"\n"):
            raise ReplayNotValid(f"line {self.number} is {'too long' if len(line) > longest else 'cut off'}")
        self._digest.update(line)
        return line[:-1]

    def ensure_end(self, report: Report) -> None:
        """The last line holds the digest of everything above, and nothing follows."""
        expected = f"end\t{self._digest.hexdigest()}"
        if self.next(_LONGEST_LINE) != expected.encode():
            report.blame("the last line does not hold the SHA-256 of the lines above it: something was changed")
        if self._stream.read(1):
            raise ReplayNotValid("something follows the last line")


def _read_head(lines: _Lines) -> tuple[Head, dict[str, str]]:
    if lines.next(_LONGEST_HEAD) != FIRST_LINE.encode():
        raise ReplayNotValid("this is no replay file of a draw, or of a version that is not known here")
    said: dict[str, str] = {}
    for key in KEYS:
        try:
            found, tab, value = lines.next(_LONGEST_HEAD).decode().partition("\t")
        except UnicodeDecodeError as error:
            raise ReplayNotValid(f"line {lines.number} is not written in UTF-8") from error
        longest = _LONGEST_HEAD if key == "rule" else MOST_TEXT
        if found != key or not tab or len(value) > longest or not (value.isprintable() or not value):
            raise ReplayNotValid(f"line {lines.number} does not say “{key}” as it should")
        said[key] = value
    return _head_of(said), said


def _head_of(said: dict[str, str]) -> Head:
    try:
        rule = DrawRule.from_text(said["rule"])
    except RuleNotValid as error:
        raise ReplayNotValid(f"the rule: {error}") from error
    n = said["applications"]
    if not (n.isascii() and n.isdecimal() and len(n) < 8 and str(int(n)) == n and int(n) <= MOST_APPLICATIONS):
        raise ReplayNotValid(f"the number of applications is none, or more than {MOST_APPLICATIONS}")
    if problem := seed_problem(said["seed"]):
        raise ReplayNotValid(problem)
    return Head(said["call"], said["source"], rule, said["list-sha256"], int(n), said["seed-source"], said["seed"])


def _read_applications(lines: _Lines, head: Head, report: Report) -> tuple[Drawing, "array[int]", bytearray]:
    drawing, listed = Drawing(head.rule), hashlib.sha256()
    ranks, results = array("l"), bytearray()
    kinds: dict[tuple[bytes, bytes], int] = {}
    for _ in range(head.applications):
        line = lines.next(_LONGEST_LINE)
        try:
            number, region, groups, rank, result = line.split(b"\t")
            kind = kinds.get((region, groups))
            if kind is None:
                codes = groups.decode().split(",") if groups else []
                kind = kinds[region, groups] = drawing.kind_of(region.decode(), codes)
            drawing.add(number.decode(), kind)
            results.append(_CODES[result])
            ranks.append(_rank(rank))
        except EntryNotValid as error:
            raise ReplayNotValid(f"line {lines.number}: {error}") from error
        except (ValueError, KeyError) as error:
            raise ReplayNotValid(f"line {lines.number} is no line of an application") from error
        listed.update(b"%b\t%b\t%b\n" % (number, region, groups))
    if listed.hexdigest() != head.list_hash:
        report.blame("the hash of the list is not that of these applications")
    lines.ensure_end(report)
    return drawing, ranks, results


def _rank(text: bytes) -> int:
    """A whole number as it is written to be read by everybody: no sign, no space, no zero before it."""
    if not text.isdigit() or len(text) > 8 or text[:1] == b"0":
        raise ValueError
    return int(text)


def _compare(ranks: "array[int]", results: bytearray, drawn: Drawn, report: Report) -> None:
    if ranks == drawn.ranks and results == drawn.results:
        return
    first = len(KEYS) + 2
    for place, (rank, result) in enumerate(zip(drawn.ranks, drawn.results, strict=True)):
        if ranks[place] != rank:
            report.blame(f"line {first + place}: its place in the order is {rank}, and not {ranks[place]}")
        if results[place] != result:
            said, right = RESULTS[results[place]], RESULTS[result]
            report.blame(f"line {first + place}: its result is “{right}”, and not “{said}”")
        if len(report.faults) > _MOST_FAULTS:
            return

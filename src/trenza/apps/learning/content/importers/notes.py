"""What is learned while a course is converted, for its report."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from trenza.apps.learning.content.report import Remark

_LINES_SHOWN = 12


@dataclass
class Notes:
    """`kept` counts what arrived, by kind; `images` are those that lessons show: our name -> bytes."""

    kept: Counter[str] = field(default_factory=Counter)
    images: dict[str, bytes] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """Names of files in the source whose content arrived."""
    _missing: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    _changed: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def change(self, file: str, line: int, what: str) -> None:
        """Something is said otherwise, or not at all."""
        self._changed[file, what].append(line)

    def miss(self, file: str, line: int, what: str) -> None:
        """Something is named in the source that is not there."""
        self._missing[file, what].append(line)

    @property
    def changed(self) -> tuple[Remark, ...]:
        return _remarks(self._changed)

    @property
    def missing(self) -> tuple[Remark, ...]:
        return _remarks(self._missing)


def _remarks(places: dict[tuple[str, str], list[int]]) -> tuple[Remark, ...]:
    """The same thing in the same file is said once, with its lines."""
    remarks = []
    for (file, what), lines in places.items():
        numbers = sorted({line for line in lines if line})
        if len(lines) == 1:
            remarks.append(Remark(file, lines[0], what))
            continue
        shown = ", ".join(map(str, numbers[:_LINES_SHOWN])) + (", …" if len(numbers) > _LINES_SHOWN else "")
        where = f" (lines {shown})" if len(numbers) > 1 else ""
        remarks.append(Remark(file, numbers[0] if numbers else 0, f"{len(lines)} × {what}{where}"))
    return tuple(sorted(remarks))

"""Our own charts: one series by category (bars) or by month (columns) against an optional target, as inline SVG.

A chart is one picture with a name and a description; its numbers are read in the table that the page shows beside it,
from the same rows. No style attributes, scripts or identifiers, so that the page's policy allows it and several fit on
one page. Lengths are CSS pixels at a phone's 328 (360 less the margins), where the letters are 13 px high.

Classes for the page's CSS; without it everything has the colour of the text:

- `chart`: the drawing; let it have `width: 100%; height: auto` and a greatest width;
- `c1`: the bars (`fill`);
- `blank`: a number that is not shown (`stroke`; it has no fill);
- `goal`: the target, a line (`stroke`, in a colour that stands out from paper and bars three to one).
"""

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Rows = Sequence[tuple[str, int | None]]

WIDTH = 328
LETTER = 7.2  # mean advance of a letter of 13 px in system fonts, rounded up
SUPPRESSED = "<10"


def bar_chart(
    rows: Rows,
    *,
    title: str,
    description: str,
    target: int | None = None,
    target_label: str = "",
    suppressed_label: str = SUPPRESSED,
) -> SafeString:
    """Lying bars, one for each category under its name. None is a number that may not be shown.

    `target` is the number that each category is measured against: an upright mark by each bar, `target_label` below.
    """
    row_height, thickness = 34, 9
    most = _most(rows, target)
    height = len(rows) * row_height
    bars, blanks, words = [], [], []
    for i, (name, value) in enumerate(rows):
        top = i * row_height
        words.append(_text(0, top + 14, _cut(name, 34)))
        words.append(_text(WIDTH, top + 14, _said(value, suppressed_label), "end"))
        if value is None:
            blanks.append(f"M1 {top + 20}h24v{thickness - 1}H1z")
        elif value:
            bars.append(f"M0 {top + 19}h{_length(value, most, WIDTH)}v{thickness}H0z")
    goal = ""
    if target is not None:
        label = _goal_label(target_label, target)
        x = _length(target, most, WIDTH - 2)
        goal = _goal("".join(f"M{x} {i * row_height + 17}v14" for i in range(len(rows))))  # not over the numbers
        half = len(label) * LETTER / 2
        words.append(_text(_short(min(max(x, half), WIDTH - half)), height + 14, label, "middle"))
        height += 20
    return _svg(height, title, description, _bars(bars), _blanks(blanks), goal, _words(words))


def column_chart(
    rows: Rows,
    *,
    title: str,
    description: str,
    target: int | None = None,
    target_label: str = "",
    suppressed_label: str = SUPPRESSED,
) -> SafeString:
    """Standing columns in the order given, one for each month. None is a number that may not be shown.

    `target` is the number that each month is measured against: a level line, with `target_label` at the top. Where
    there is no room above each column for its number, only the greatest is written, and a key in the corner says what
    the empty marks are; names are written as far apart as they need, the first always.
    """
    slot = WIDTH / max(len(rows), 1)
    thickness = _short(min(slot * 0.7, 44))
    said = [_said(value, suppressed_label) for _, value in rows]
    all_said = all(len(number) * LETTER < slot for number in said)
    keyed = not all_said and any(value is None for _, value in rows)
    top, tall = (44 if keyed or target is not None else 22), 130
    base = top + tall
    most = _most(rows, target)
    greatest = max(range(len(rows)), key=lambda i: rows[i][1] or 0, default=0)
    columns, blanks, words = [], [], []
    for i, (_, value) in enumerate(rows):
        left = _short(i * slot + (slot - thickness) / 2)
        y = base - 13 if value is None else _short(base - _length(value, most, tall))
        if value is None:
            blanks.append(f"M{left} {y}h{thickness}V{base}h-{thickness}z")
        elif value:
            columns.append(f"M{left} {y}h{thickness}V{base}h-{thickness}z")
        if all_said or (i == greatest and value):
            words.append(_word_at((i + 0.5) * slot, _short(y - 5), said[i]))
    words += _names([name for name, _ in rows], slot, base + 17)
    if keyed:
        words.append(_text(WIDTH, 14, suppressed_label, "end"))
        blanks.append(f"M{_short(WIDTH - len(suppressed_label) * LETTER - 20)} 4h13v10h-13z")
    goal = ""
    if target is not None:
        y = _short(base - _length(target, most, tall))
        goal = _goal(f"M0 {y}H{WIDTH}")
        words.append(_text(0, 14, _goal_label(target_label, target)))
    floor = f'<path d="M0 {base}H{WIDTH}" stroke="currentColor" opacity=".4"/>'
    return _svg(base + 24, title, description, _bars(columns), _blanks(blanks), floor, goal, _words(words))


def written(number: int) -> str:
    """A whole number as Spanish writes it: in threes from five digits on, parted by a space that never breaks.

    Source: Ortografía de la lengua española (RAE and ASALE, 2010), on how numbers are written.
    """
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}") if abs(number) >= 10_000 else str(number)


def _names(names: list[str], slot: float, y: float) -> list[str]:
    """Every name, or every second, third… so that none touches the next."""
    for every in range(1, len(names) + 1):
        chosen = [((i + 0.5) * slot, name) for i, name in enumerate(names) if i % every == 0]
        lefts = [_left(x, name) for x, name in chosen]
        rights = [left + (len(name) + 1) * LETTER for left, (_, name) in zip(lefts, chosen, strict=True)]
        if all(right <= left for right, left in zip(rights, lefts[1:], strict=False)):
            return [_word_at(x, y, name) for x, name in chosen]
    return []


def _left(x: float, word: str) -> float:
    """Where a word centred on x begins, kept within the chart."""
    length = len(word) * LETTER
    return max(0, min(x - length / 2, WIDTH - length))


def _word_at(x: float, y: float, word: str) -> str:
    """A word centred on x, or against the edge of the chart that it would cross."""
    half = len(word) * LETTER / 2
    if x < half:
        return _text(0, y, word)
    return _text(WIDTH, y, word, "end") if x > WIDTH - half else _text(_short(x), y, word, "middle")


def _most(rows: Rows, target: int | None) -> int:
    return max([value for _, value in rows if value] + [target or 0, 1])


def _length(value: int, most: int, room: float) -> float:
    """In pixels; at least one, so that a number that is not zero is seen."""
    return _short(max(value / most * room, 1)) if value else 0


def _said(value: int | None, suppressed_label: str) -> str:
    return suppressed_label if value is None else written(value)


def _goal_label(label: str, target: int) -> str:
    return f"{label} {written(target)}".strip()


def _cut(word: str, length: int) -> str:
    return word if len(word) <= length else word[: length - 1] + "…"


def _short(length: float) -> float:
    """A tenth of a pixel is enough; whole numbers lose their point."""
    rounded = round(length, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def _text(x: float, y: float, word: str, anchor: str = "") -> str:
    where = f' x="{x}"' if x else ""
    held = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{where} y="{y}"{held}>{escape(word)}</text>'


def _words(words: Iterable[str]) -> str:
    return f'<g fill="currentColor" font-size="13">{"".join(words)}</g>'


def _bars(paths: list[str]) -> str:
    return f'<path class="c1" fill="currentColor" d="{"".join(paths)}"/>' if paths else ""


def _blanks(paths: list[str]) -> str:
    drawn = "".join(paths)
    return f'<path class="blank" fill="none" stroke="currentColor" stroke-dasharray="3" d="{drawn}"/>' if paths else ""


def _goal(path: str) -> str:
    return f'<path class="goal" stroke="currentColor" stroke-width="2" stroke-dasharray="7 4" d="{path}"/>'


def _svg(height: float, title: str, description: str, *parts: str) -> SafeString:
    head = f'<svg class="chart" role="img" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">'
    said = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    # Every text above went through escape(); the rest are numbers and our own markup.
    return mark_safe(f"{head}{said}{''.join(parts)}</svg>")

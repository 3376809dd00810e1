"""Letters that Markdown would take for a sign of its own, written so that they stay letters."""

import re

_SPECIAL = re.compile(r"[\\`*\[\]|]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]{1,40};)")
_SPACES = re.compile(r"[^\S ]")
_LINE_START = re.compile(
    r"(?P<number>[0-9]{1,9})(?=[.)](?:\s|$))"
    r"|(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|>|:{3}|=+\s*$|:?-+:?\s*$|\?\s|\+{3}\s*$|~{3})",
    re.MULTILINE,
)


def escape_text(text: str) -> str:
    """Plain words as Markdown, wherever in a line they stand."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _SPACES.sub(lambda found: f"&#{ord(found[0])};" if found[0] not in "\t\n" else " ", text)


def escape_line_start(line: str) -> str:
    """A line of a paragraph whose words are escaped already, so that it begins no list, heading or container."""
    found = _LINE_START.match(line)
    if found is None:
        return line
    if found["number"]:
        return f"{found['number']}\\{line[found.end() :]}"
    return f"\\{line}"


def code_span(code: str) -> str:
    """Inline code, with as many backticks as it takes."""
    code = code.replace("\n", " ")
    runs = {len(run) for run in re.findall(r"`+", code)}
    ticks = "`" * next(count for count in range(1, len(runs) + 2) if count not in runs)
    pad = code[:1] == "`" or code[-1:] == "`" or (code[:1] == " " and code[-1:] == " " and bool(code.strip()))
    return f"{ticks} {code} {ticks}" if pad else f"{ticks}{code}{ticks}"


def code_fence(code: str, info: str = "") -> str:
    """A block of code, with as many backticks as it takes."""
    runs = re.findall(r"`{3,}", code)
    ticks = "`" * max([3, *(len(run) + 1 for run in runs)])
    return f"{ticks}{info}\n{code}{'' if code.endswith(chr(10)) or not code else chr(10)}{ticks}"


def target(address: str, title: str = "") -> str:
    """The round brackets of a link or an image."""
    shown = f"<{address}>" if not address or re.search(r"[()\s<>\\]", address) else address
    if not title:
        return f"({shown})"
    quoted = re.sub(r'[\\"]|&(?=#?\w+;)', r"\\\g<0>", " ".join(title.split()))
    return f'({shown} "{quoted}")'


def container(heading: str, inner: str) -> str:
    """A part `::: heading` around Markdown, with more colons than any line within it begins with."""
    runs = re.findall(r"^[\s>]*(:{3,})", inner, re.MULTILINE)
    colons = ":" * max([3, *(len(run) + 1 for run in runs)])
    return f"{colons} {heading}\n{inner}\n{colons}"


def indent(text: str, prefix: str, first: str | None = None) -> str:
    """Each line with a prefix, the first one with another; empty lines get no spaces at their end."""
    lines = text.split("\n")
    marked = [f"{prefix if at or first is None else first}{line}" for at, line in enumerate(lines)]
    return "\n".join(line if lines[at] else line.rstrip() for at, line in enumerate(marked))

"""What the quality check finds."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """Something that makes a lesson worse: where it is, what it is, what to do. `line` 0 is the file as a whole.

    `sure` is false where a program can only suspect it, and somebody has to read it.
    """

    file: str
    line: int
    text: str
    sure: bool = True

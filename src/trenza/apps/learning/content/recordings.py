"""The recordings of a course while it is read."""

from collections.abc import Callable, Mapping, Sequence

from markdown_it.token import Token

from trenza.apps.learning.content.course import Prose
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.manifest import shown
from trenza.apps.learning.content.markdown import container_name, container_title, line_of
from trenza.apps.learning.content.media import (
    KINDS,
    BadRecording,
    Kind,
    Recording,
    check_recording,
    media_html,
    read_heading,
)
from trenza.apps.learning.content.phrases import Phrases
from trenza.apps.learning.content.questions import Tools


class Recordings:
    """The recordings of a course, each looked at once. `used` is by kind and name in the folder; None is a bad one."""

    def __init__(self, files: Mapping[str, bytes], problems: Problems) -> None:
        self.files, self.problems = files, problems
        self.used: dict[tuple[Kind, str], Recording | None] = {}

    @property
    def names(self) -> set[str]:
        """The files of the folder that lessons play."""
        return {name for _, name in self.used}

    def get(self, kind: Kind, name: str) -> Recording | None:
        """The recording; None, and a problem, where it is none."""
        if (kind, name) not in self.used:
            try:
                self.used[kind, name] = check_recording(kind, name, self.files[name])
            except BadRecording as error:
                self.used[kind, name] = None
                self.problems.add(name, 0, error.problem, error.remedy)
        return self.used[kind, name]


def read_recording(
    opening: Token,
    inner: Sequence[Token],
    tools: Tools,
    recordings: Recordings,
    inside: Callable[[str], str],
    words: Phrases,
) -> Prose | None:
    """A recording with what is said in it, from its container; whatever is wrong is told to `tools.wrong`.

    `inside` gives the name in the folder that an address leads to.
    """
    line = line_of([opening])
    kind = next(each for each in KINDS if each == container_name(opening))
    heading = read_heading(container_title(opening))
    transcript = tools.render(inner)
    if not heading.file or not heading.title:
        tools.wrong(line, f"The {kind} has no file or no title.", f"Write `::: {kind} FILE minutes=2 TITLE`.")
        return None
    if not transcript:
        tools.wrong(line, f"The {kind} says nothing to who cannot hear it.", "Write within what is said in it.")
    name = inside(heading.file)
    if name not in recordings.files:
        tools.wrong(line, f'The file "{shown(heading.file)}" does not exist.', "Add it, or correct its name.")
        return None
    recording = recordings.get(kind, name)
    return Prose(media_html(kind, recording, heading, transcript, words)) if recording else None

"""Read one file in a process of its own: the file comes in, its texts go out as JSON.

Its memory and its time are bounded by the system, whatever a library makes of a hostile file: what goes too far dies
here, and a page says that the file cannot be opened. It loads nothing of Django, and writes to no disk.
"""

import json
import resource
import sys

from trenza.apps.credentials.extracting.files import MOST_BYTES, MOST_TEXTS, NothingFound, Trouble, kind_of

_MEMORY = 768 * 1024 * 1024
_SECONDS = 8


def main() -> int:
    """Exit code 0 with `{"texts": […]}` or `{"trouble": …}`."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        said: dict[str, object] = {"texts": list(dict.fromkeys(_texts(data)))[:MOST_TEXTS]}
    except NothingFound as nothing:
        said = {"trouble": nothing.trouble}
    except (MemoryError, RecursionError):
        said = {"trouble": Trouble.BROKEN}
    sys.stdout.write(json.dumps(said))
    return 0


def _texts(data: bytes) -> list[str]:
    """Only the libraries for this kind of file are loaded: that takes longer than reading it."""
    if kind_of(data) == "pdf":
        from trenza.apps.credentials.extracting.pdf import texts_in_pdf

        return texts_in_pdf(data)
    from trenza.apps.credentials.extracting.picture import texts_in_picture

    return texts_in_picture(data)


if __name__ == "__main__":
    sys.exit(main())

"""Many certificates at once, for a ceremony: set in processes that stay warm until the last is done."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Final

from trenza.apps.credentials.certificate.data import CertificateData

PROCESSES: Final = 2
_TOGETHER: Final = 8
_AT_HAND: Final = 16 * _TOGETHER * PROCESSES
"""So many wait for a process, so that a programme of 100,000 does not lie in memory."""


def set_many(pages: Iterable[CertificateData], *, processes: int = PROCESSES) -> Iterator[bytes | None]:
    """A PDF for each, in their order; None where a letter is in no font."""
    waiting = iter(pages)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        while portion := list(islice(waiting, _AT_HAND)):
            yield from pool.map(_set, portion, chunksize=_TOGETHER)


def _set(page: CertificateData) -> bytes | None:
    # 60 MB, which only a process that sets pages needs.
    from trenza.apps.credentials.certificate.render import LettersMissing, render_certificate

    try:
        return render_certificate(page)
    except LettersMissing:
        return None

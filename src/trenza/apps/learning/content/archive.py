"""A course folder as one file: what a published version keeps of its source."""

import io
import zipfile

from trenza.apps.learning.content.sources import Files

_WHEN = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive knows: the time of packing is no part of a course


def pack(files: Files) -> bytes:
    """A zip archive of the files; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _WHEN), files[name], zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of an archive that `pack` made. One from elsewhere is read by `sources.read_files`, which trusts
    nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}

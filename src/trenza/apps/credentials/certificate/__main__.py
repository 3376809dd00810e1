"""Set one certificate in a process of its own: the data as JSON come in, the PDF goes out.

Setting takes 60 MB that a process never gives back, so whoever serves pages asks another: this one lives for a quarter
of a second and loads nothing of Django. What is private goes through the pipe, never into the list of processes.
"""

import sys

import msgspec

from trenza.apps.credentials.certificate.data import LETTERS_MISSING, CertificateData
from trenza.apps.credentials.certificate.render import LettersMissing, render_certificate


def main() -> int:
    """Exit code 0 with the PDF, or LETTERS_MISSING with the letters (UTF-8) in its place."""
    data = msgspec.json.decode(sys.stdin.buffer.read(), type=CertificateData)
    try:
        sys.stdout.buffer.write(render_certificate(data))
    except LettersMissing as missing:
        sys.stdout.buffer.write(missing.letters.encode())
        return LETTERS_MISSING
    return 0


if __name__ == "__main__":
    sys.exit(main())

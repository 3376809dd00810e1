"""Set one certificate, or the picture of a badge, in a process of its own: the data as JSON come in, a file goes out.

Setting takes 60 MB that a process never gives back, so whoever serves pages asks another: this one lives for a quarter
of a second and loads nothing of Django. What is private goes through the pipe, never into the list of processes.
"""

import sys

import msgspec

from trenza.apps.credentials.certificate.data import BADGE, LETTERS_MISSING, BadgeData, CertificateData
from trenza.apps.credentials.certificate.render import LettersMissing, render_badge, render_certificate


def main(arguments: list[str]) -> int:
    """Exit code 0 with the PDF (or with the PNG, asked for by the word BADGE), or LETTERS_MISSING with the letters
    (UTF-8) in its place."""
    data = sys.stdin.buffer.read()
    try:
        if BADGE in arguments:
            made = render_badge(msgspec.json.decode(data, type=BadgeData))
        else:
            made = render_certificate(msgspec.json.decode(data, type=CertificateData))
    except LettersMissing as missing:
        sys.stdout.buffer.write(missing.letters.encode())
        return LETTERS_MISSING
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The texts of credentials in what somebody uploaded: a PDF, a badge, a photo of a code, JSON, a token. Pure code.

Whoever asks gets texts, and judges them; nothing is kept. Files are hostile: sizes are bounded before anything is
decoded, and what must be decoded by a large library is, in a process of its own that may take little (`__main__.py`).
"""

from trenza.apps.credentials.extracting.files import MOST_BYTES, NothingFound, Trouble, texts_in

__all__ = ["MOST_BYTES", "NothingFound", "Trouble", "texts_in"]

"""How large a course may be. A course comes from outside: whatever is read has a limit.

Sizes are in bytes.
"""

LESSONS = 200
QUESTIONS_PER_LESSON = 40
CHOICES = 12
TITLE_LENGTH = 200
SUMMARY_LENGTH = 1_000
SOURCE_LENGTH = 500
MINUTES = 240
TEST_PAIRS = (6, 10)
"""The least and the most pairs of questions in the test before and after a course."""
EXAM_ATTEMPTS = 5
"""Attempts at an exam that count in a day: who tries on and on learns the answers, and not what they are about."""

FILES = 2_000
NAME_LENGTH = 240
TOTAL_SIZE = 64 * 1024 * 1024
TEXT_SIZE = 100 * 1024
IMAGE_SIZE = 8 * 1024 * 1024
AUDIO_SIZE = 4 * 1024 * 1024
"""Twenty minutes of speech in Opus."""
VIDEO_SIZE = 16 * 1024 * 1024
OTHER_SIZE = 16 * 1024 * 1024

ARCHIVE_RATIO = 100
"""How many times larger than packed an archive's content may be."""
RATIO_FREE_SIZE = 64 * 1024
"""A file up to this size may have any ratio: a few repeated lines pack very well and harm nobody."""

IMAGE_PIXELS = 24_000_000
IMAGE_WIDTHS = (320,)
"""Widths in pixels of the narrower files of an image, for a phone whose screen is not sharp."""
IMAGE_WIDTH = 640
"""Widest compiled image in pixels: twice the width of a 320 px phone."""
IMAGE_HEIGHT = 8_000
"""Tallest compiled image in pixels (WebP ends at 16,383)."""

BODY_WARNING = 9 * 1024
"""A lesson's body above this (gzip) leaves too little of the 14,336 bytes of the page for its shell."""
IMAGES_WARNING = 200 * 1024
"""The images of a lesson above this cost more than a woman with 50 MB a day will want to spend on one lesson."""

CHUNK_SIZE = 32 * 1024
"""Largest chunk of lessons that a phone downloads, compressed: what a cut connection costs her again at most."""

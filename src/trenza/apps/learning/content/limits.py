"""How large a course may be. A course comes from outside: whatever is read has a limit.

Sizes are in bytes.
"""

LESSONS = 200
QUESTIONS_PER_LESSON = 40
CHOICES = 12
LEAST_STEPS = 3
STEPS = 7
"""Steps to put in order, each in a list of places: more of them nobody sees at once on a small phone."""
LEAST_PAIRS = 2
PAIRS = 7
SCENES = 12
LEAST_WAYS = 2
WAYS = 4
WRITTEN_WORDS = 3
WRITTEN_LENGTH = 80
"""Letters that she may write in answer."""
NUMBER_DIGITS = 12
"""Digits of a number in a question: a page compares them as floating point, which keeps 15."""
TITLE_LENGTH = 200
SUMMARY_LENGTH = 1_000
SOURCE_LENGTH = 500
MINUTES = 240
SOURCES = 30
WORDS = 60
WORD_LENGTH = 60
COUNTRY_ENTRIES = 300
COUNTRY_LENGTH = 400
GLOSSARY_WORDS = 300
GLOSSARY_WORD_LENGTH = 60
GLOSSARY_LENGTH = 400
TEST_PAIRS = (6, 10)
"""The least and the most pairs of questions in the test before and after a course."""
EXAM_ATTEMPTS = 5
"""Attempts at an exam that count in a day: who tries on and on learns the answers, and not what they are about."""

FILES = 2_000
NAME_LENGTH = 240
DEFINITION_SIZE = 256 * 1024
"""Of a programme.toml, from which only the words of the programme are taken."""
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

DRAWING_SIZE = 64 * 1024
DRAWING_ELEMENTS = 2_000
DRAWING_DEPTH = 20
DRAWING_NUMBER = 10_000
"""Largest number in a drawing, of whatever: what is drawn far outside of it takes a phone long."""

BODY_WARNING = 9 * 1024
"""A lesson's body above this (gzip) leaves too little of the 14,336 bytes of the page for its shell."""
IMAGES_WARNING = 200 * 1024
"""The images of a lesson above this cost more than a woman with 50 MB a day will want to spend on one lesson."""

CHUNK_SIZE = 32 * 1024
"""Largest chunk of lessons that a phone downloads, compressed: what a cut connection costs her again at most."""

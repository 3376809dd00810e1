"""What an author waits for: three real courses in somebody else's format, converted and compiled."""

import os
import time
from pathlib import Path

from bench.figure import Measured, figure
from trenza.apps.learning import api as learning
from trenza.cli.courses import compile_or_exit
from trenza.cli.samples import SAMPLES, as_sample
from trenza.settings import environment

COURSES = ("finanzas-del-hogar-es", "python-gapminder-es", "seguridad-101-es")


@figure("import_three_courses_s")
def three_courses() -> Measured:
    """Seconds to read, convert, compile and write three real courses, one after the other in one process."""
    shared = Path(environment.text("TRENZA_SHARED", str(environment.REPOSITORY.parent / "shared")))
    home = Path(os.environ["TRENZA_HOME"])
    start = time.perf_counter()
    lessons = images = 0
    for name in COURSES:
        course, report = compile_or_exit(shared / "data" / "courses" / name, as_sample(name, SAMPLES[name]))
        learning.write_files(course.folder, home / name)
        lessons += len(course.lessons)
        images += report.kept["images"]
    seconds = time.perf_counter() - start
    return Measured(seconds, "s", peer=f"{lessons} lessons, {images} images in two formats at two widths")

"""Her phone: how soon a lesson can be read on a slow line, again, and without one; and what a course takes along."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import zip_longest
from pathlib import Path

from django.core.management import call_command
from django.test import Client
from playwright.sync_api import sync_playwright

from bench import home, slow_phone
from bench.figure import Measured, figure
from bench.phone import Phone
from tools.browser import find_browser
from tools.postgresql import free_port
from trenza.apps.learning import api as learning
from trenza.apps.learning.content.course import Lesson
from trenza.cli.courses import compile_or_exit
from trenza.cli.samples import SAMPLES, as_sample

READY = "form[data-lesson]:has(> div[tabindex]) button.btn"
"""What she can use: the form's last button, once the script at the end of the page has made the place of its answer."""
LESSONS = 24
_KEPT = "async () => Boolean(navigator.serviceWorker.controller && (await caches.match(location.pathname)))"
_LONG_TASKS = """() => {
    self.long = [];
    new PerformanceObserver((list) => self.long.push(...list.getEntries().map((entry) => entry.duration)))
        .observe({ type: "longtask", buffered: true });
}"""


@figure("lesson_cold_ready_ms")
def cold() -> Measured:
    """The heaviest lesson for the first time. What is loaded after it is ready does not count."""
    with _heaviest() as url:
        loads = slow_phone.load(url, READY, runs=3)
    return Measured(loads.cold.ready_ms, "ms", peer=f"{loads.cold.words}, median of three")


@figure("lesson_warm_ready_ms")
def warm() -> Measured:
    """The same lesson once more, in a new tab."""
    with _heaviest() as url:
        loads = slow_phone.load(url, READY, runs=3)
    return Measured(loads.warm.ready_ms, "ms", peer=f"{loads.warm.words}, median of three")


@figure("lesson_offline_ready_ms")
def offline() -> Measured:
    """The same lesson with the line cut."""
    with _heaviest() as url:
        found = slow_phone.load(url, READY, offline=True).offline
    assert found is not None
    return Measured(found.ready_ms, "ms", peer=found.words)


@figure("lesson_offline_slow_ms")
def offline_slow() -> Measured:
    """The same with the line cut, on a processor slowed down six times."""
    with _heaviest() as url:
        found = slow_phone.load(url, READY, offline=True, cpu=6).offline
        longest = _longest_task(url)
    assert found is not None
    return Measured(found.ready_ms, "ms", peer=f"the longest task of the page took {longest:.0f} ms")


@figure("pack_24_lessons_kb")
def pack() -> Measured:
    """Text and pictures of a course of 24 lessons, as a phone downloads it."""
    call_command("migrate", verbosity=0)
    course, told = _three_modules()
    version = learning.publish_course(course=course, by=None)
    manifest = Client().get(f"/paquetes/{version.course.code}/{version.short}.json", headers={"Host": "localhost"})
    found = json.loads(manifest.content)
    pictures = [file for file in found["files"] if not file["name"].endswith(".json")]
    weight = sum(file["bytes"] for file in pictures) / 1024
    told = f"{told}; {len(pictures)} pictures of {weight:.0f} KB, {len(found['files']) - len(pictures)} chunks of text"
    return Measured((found["bytes"] + len(manifest.content)) / 1024, "KB", peer=told)


@contextmanager
def _heaviest() -> Iterator[str]:
    """The address of the heaviest lesson page of the programmes and samples, served."""
    paths = home.load_content()
    port = free_port()
    with home.served(port):
        with Phone(home.HOST, port) as phone:
            path = max(paths, key=lambda each: phone.get(each).wire)
        yield f"http://{home.HOST}:{port}{path}"


def _longest_task(url: str) -> float:
    """Milliseconds of the longest task of the page's own thread, opened without a line at a sixth of the speed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 640})
        page.goto(url)
        while not page.evaluate(_KEPT):  # the policy of our pages refuses what waits by a string of code
            page.wait_for_timeout(100)
        page.context.set_offline(True)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
        page.add_init_script(f"({_LONG_TASKS})()")
        page.goto(url)
        page.wait_for_timeout(2_000)
        longest = page.evaluate("Math.max(0, ...self.long)")
        browser.close()
    return float(longest)


@cache
def _three_modules() -> tuple[learning.CompiledCourse, str]:
    """One course of 24 lessons out of real ones, those with pictures first, in turns; and what it holds."""
    sources = [_compiled(name) for name in SAMPLES if (_courses() / name).is_dir()]
    if not sources:
        raise RuntimeError("the real courses are not there: name the shared folder in TRENZA_SHARED")
    turns = [each for turn in zip_longest(*(course.lessons for course in sources)) for each in turn if each]
    chosen = sorted(turns, key=lambda each: not _has_picture(each))[:LESSONS]
    lessons = tuple(replace(each, code=f"lesson-{number}") for number, each in enumerate(chosen))
    files = {name: data for course in sources for name, data in course.files.items()}
    pictured = sum(map(_has_picture, chosen))
    whole = replace(sources[0], code="tres-modulos", lessons=lessons, files=files, folder={})
    return whole, f"{len(lessons)} lessons of {len(sources)} real courses, {pictured} of them with pictures"


def _has_picture(lesson: Lesson) -> bool:
    return "<img " in repr(lesson.blocks)


def _courses() -> Path:
    return slow_phone.shared() / "data" / "courses"


def _compiled(name: str) -> learning.CompiledCourse:
    return compile_or_exit(_courses() / name, as_sample(name, SAMPLES[name]))[0]

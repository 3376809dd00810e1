"""What pages weigh: on the wire as a phone would ask for them, and the script in a lesson."""

from collections.abc import Iterator
from functools import partial
from itertools import chain

from bench import home, visitors
from bench.figure import Measured, figure
from bench.phone import Answer, Phone
from bench.walk import Contents, walk
from tools.postgresql import free_port


@figure("field_page_bytes_max")
def heaviest() -> Measured:
    """The heaviest of all lesson and field pages of the demo, with status line and headers.

    Walked by links, as a visitor, as several learners of each programme at different points of their way, and as a
    trainer of each; with what comes back when a lesson is handed in without JavaScript.
    """
    home.prepare()
    port = free_port()
    starts = ["/", *home.lesson_paths(), *visitors.certificate_paths(), "/nowhere/"]
    weights: dict[str, int] = {}
    with home.served(port):
        for who, visitor in _visitors(port):
            for path, answer in chain(walk(partial(_fetch, visitor), starts), _graded(visitor)):
                weights[f"{path} ({who})"] = answer.wire
    page = max(weights, key=weights.__getitem__)
    return Measured(weights[page], "bytes", peer=f"{page}; {len(weights)} pages were weighed")


@figure("lesson_script_bytes_max")
def script() -> Measured:
    """The most script that a lesson page carries, not compressed."""
    paths = home.load_content()
    port = free_port()
    with home.served(port), Phone(home.HOST, port) as phone:
        sizes = {path: Contents(_page(phone.get(path))).script_bytes for path in paths}
    page = max(sizes, key=sizes.__getitem__)
    return Measured(sizes[page], "bytes", peer=f"{page}; {len(sizes)} lessons were read")


def _visitors(port: int) -> Iterator[tuple[str, Phone]]:
    with Phone(home.HOST, port) as phone:
        yield "nobody in particular", phone
    for email, who in (visitors.learners() | visitors.trainers()).items():
        with Phone(home.HOST, port) as phone:
            visitors.sign_in(phone, email)
            yield who, phone


def _graded(phone: Phone) -> Iterator[tuple[str, Answer]]:
    """What comes back where every question of a lesson is answered with its first choice."""
    for path, questions in home.questions().items():
        yield f"{path}responder/", phone.post(f"{path}responder/", {f"q.{code}": "0" for code in questions})


def _fetch(phone: Phone, path: str) -> tuple[Answer, str | None]:
    """Ask for a path and follow nothing: where a redirect leads is asked for on its own."""
    answer = phone.get(path)
    if answer.status >= 500:
        raise RuntimeError(f"{path}: {answer.status}")
    if "location" in answer.headers:
        return answer, f'<a href="{answer.headers["location"]}">'
    return answer, answer.text if answer.is_page else None


def _page(answer: Answer) -> str:
    if answer.status != 200:
        raise RuntimeError(f"a lesson was answered with {answer.status}")
    return answer.text

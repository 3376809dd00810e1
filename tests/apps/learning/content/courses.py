"""Courses of any shape, for what must hold for all of them."""

from typing import Any

from hypothesis import strategies as st

from tests.apps.learning.content.examples import picture

_CODES = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4})?", fullmatch=True)
_LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters='"\\')
_WORDS = st.lists(st.text(_LETTERS, min_size=1, max_size=8), min_size=1, max_size=6).map(" ".join)
_PLAIN = st.lists(st.text("abcñáü ,¿?*_`<&", min_size=1, max_size=12), min_size=1, max_size=8).map(" ".join)
_ENDS = st.sampled_from(["\n", "\r\n"])


@st.composite
def courses(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of a course that can be built: lessons with prose, cards, pictures, questions, links between them."""
    codes = draw(st.lists(_CODES, min_size=1, max_size=3, unique=True))
    names = [f"{code}.md" for code in codes]
    files = {name: draw(_lessons(names)) for name in names}
    pictures = {f"images/{color}.png": picture(draw(st.integers(1, 500)), 9, color=color) for color in ("red", "blue")}
    lessons = ", ".join(f'"{name}"' for name in names)
    manifest = (
        f'format = 1\ncode = "{draw(_CODES)}"\ntitle = "{draw(_WORDS)}"\nsummary = "{draw(_WORDS)}"\n'
        f'language = "{draw(st.sampled_from(["es", "en", "es-419", "pt"]))}"\nlicence = "CC-BY-SA-4.0"\n'
        f'authors = ["{draw(_WORDS)}"]\nsource = "{draw(_WORDS)}"\npass_score = {draw(st.sampled_from([0, 0.5, 1]))}\n'
        f"lessons = [{lessons}]\n"
    )
    return {"course.toml": manifest.encode(), **files, **pictures}


@st.composite
def _lessons(draw: st.DrawFn, names: list[str]) -> bytes:
    front = f'+++\ntitle = "{draw(_WORDS)}"\nminutes = {draw(st.integers(1, 240))}\n+++\n'
    parts: list[Any] = [
        _PLAIN.map(lambda words: f"Read: {words}"),
        _PLAIN.map(lambda words: f"::: note\nRead: {words}\n:::"),
        st.sampled_from(["![A color](images/red.png)", "![A color](images/blue.png)", "`code`", "> quoted"]),
        st.sampled_from(names).map(lambda name: f"[Go there]({name})"),
    ]
    blocks = ["Begin.", *draw(st.lists(st.one_of(parts), max_size=5))]
    for number in range(draw(st.integers(0, 2))):
        right = draw(st.integers(0, 2))
        choices = "\n".join(f"- [{'x' if n == right else ' '}] choice {n}" for n in range(3))
        blocks.append(f"::: question q{number} one\nWhich?\n\n{choices}\n:::")
    text = front + "\n\n".join(blocks) + "\n"
    return text.replace("\n", draw(_ENDS)).encode()

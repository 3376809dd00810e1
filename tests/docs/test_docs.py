"""What the documents say about the repository is so: links, paths, variables, commands, words."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import click
import polib
import pytest

from trenza.cli.commands import main as cli

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "trenza"
NOT_OURS = {"node_modules", "var", "build", "test-results"}

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
VARIABLE = re.compile(r"TRENZA_[A-Z_]+")
PLACEHOLDER = re.compile(r"/(?:CODE|AREA|NAME)\b")
PATH = re.compile(r"(?:src|core|apps|portals|cli|settings|tests|tools|programmes|docs)/[\w./-]+")


def documents() -> list[Path]:
    """Every Markdown file of ours; courses are content, and have a checker of their own."""
    return sorted(
        path
        for path in ROOT.rglob("*.md")
        if not any(part.startswith(".") or part in NOT_OURS for part in path.relative_to(ROOT).parts)
        and "courses" not in path.relative_to(ROOT).parts
    )


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- Links and paths ---


def dead_links(document: Path) -> list[str]:
    text = CODE.sub("", FENCE.sub("", document.read_text()))
    targets = [target.partition("#")[0] for target in LINK.findall(text) if "://" not in target]
    return [target for target in targets if target and not (document.parent / target).exists()]


@pytest.mark.parametrize("document", documents(), ids=named)
def test_links_lead_somewhere(document):
    assert dead_links(document) == []


def test_a_dead_link_is_found(tmp_path):
    document = tmp_path / "a.md"
    document.write_text("[b](b.md) ![c](c.png) [a](a.md#x) [w](https://example.org/) `[d](d.md)`\n")

    assert dead_links(document) == ["b.md", "c.png"]


@pytest.mark.parametrize("document", [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))], ids=named)
def test_paths_that_a_document_names_exist(document):
    found = [path for path in CODE.findall(document.read_text()) if PATH.fullmatch(path)]
    paths = [path for path in found if not PLACEHOLDER.search(path)]

    assert [path for path in paths if not (ROOT / path).exists() and not (SOURCE / path).exists()] == []


def test_both_readmes_show_the_same_pictures_and_commands():
    english, spanish = (ROOT / "README.md").read_text(), (ROOT / "README.es.md").read_text()

    assert re.findall(r"docs/pictures/[\w.]+", english) == re.findall(r"docs/pictures/[\w.]+", spanish)
    assert re.findall(r"^    (make \w+)", english, re.MULTILINE) == re.findall(
        r"^    (make \w+)", spanish, re.MULTILINE
    )


def outline(readme: str) -> list[tuple[int, int, int, list[str]]]:
    """Each section of a readme: the level of its heading, its points, its rows, and where it leads."""
    found = []
    for section in re.split(r"^(?=#+ )", (ROOT / readme).read_text(), flags=re.MULTILINE)[1:]:
        points = len(re.findall(r"^(?:- |\d+\. )", section, re.MULTILINE))
        rows = len(re.findall(r"^\|", section, re.MULTILINE))
        links = [link for link in LINK.findall(section) if link not in {"README.md", "README.es.md"}]
        found.append((len(section) - len(section.lstrip("#")), points, rows, links))
    return found


def test_both_readmes_have_the_same_sections_points_and_links():
    assert outline("README.es.md") == outline("README.md")


def test_make_targets_that_documents_name_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    said = {target for path in documents() for target in re.findall(r"`make ([a-z-]+)", path.read_text())}

    assert said - targets == set()


# --- Commands ---


def commands_said() -> set[tuple[str, ...]]:
    """`trenza …` in code, up to the first word that is no command: an argument, an option, a placeholder."""
    found = set()
    for path in documents():
        text = path.read_text()
        blocks = re.findall(r"^    (?:\.venv/bin/)?trenza (.+)$", text, re.MULTILINE)
        inline = re.findall(r"`(?:\.venv/bin/)?trenza ([^`\n]+)`", text)
        for line in [*blocks, *inline]:
            words = takewhile(lambda word: re.fullmatch(r"[a-z][a-z-]*", word), line.split())
            found.add(tuple(words)[:2])
    return found


def is_command(words: tuple[str, ...]) -> bool:
    command: click.Command = cli
    for word in words:
        if not isinstance(command, click.Group):
            return True
        if word not in command.commands:
            return False
        command = command.commands[word]
    return True


def test_commands_that_documents_name_exist():
    assert sorted(words for words in commands_said() if not is_command(words)) == []


def test_a_command_that_does_not_exist_is_seen():
    assert [is_command(words) for words in [("journal", "check"), ("journal", "mend"), ("mend",), ("code", "x")]] == [
        True,
        False,
        False,
        True,
    ]


# --- Variables ---


def variables_of_settings() -> set[str]:
    """The first argument of every environment.text, flag and words."""
    found = set()
    for path in (SOURCE / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name in {"text", "flag", "words"} and isinstance(first, ast.Constant):
                found.add(str(first.value))
    return found


def variables_of_developers() -> set[str]:
    code = [path.read_text() for folder in ("tools", "tests", "bench") for path in (ROOT / folder).rglob("*.py")]
    return {name for text in code for name in re.findall(r'environ(?:\.get\(|\[)"(TRENZA_[A-Z_]+)"', text)}


def test_running_lists_every_variable_of_the_settings_and_no_other():
    rows = re.findall(r"^\| `(TRENZA_[A-Z_]+)` \| .", (ROOT / "docs" / "running.md").read_text(), re.MULTILINE)

    assert sorted(rows) == sorted(variables_of_settings())


def test_documents_name_no_variable_that_nothing_reads():
    known = variables_of_settings() | variables_of_developers()
    said = {name for path in documents() for name in VARIABLE.findall(path.read_text())}

    assert said - known == set()


def test_contributing_lists_the_variables_of_developers():
    said = set(VARIABLE.findall((ROOT / "CONTRIBUTING.md").read_text()))

    assert variables_of_developers() - variables_of_settings() - said == set()


# --- Decisions ---

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("decision", DECISIONS, ids=named)
def test_a_decision_is_short_and_says_what_was_rejected(decision):
    lines = decision.read_text().splitlines()
    number, _, _ = decision.name.partition("-")

    assert len(lines) <= 40
    assert re.fullmatch(rf"# {int(number)}\. .+", lines[0])
    assert lines[2].startswith("Status: ")
    assert [line[2:-2] for line in re.findall(r"^\*\*(?:Context|Decision|Rejected)\.\*\*", "\n".join(lines), re.M)] == [
        "Context.",
        "Decision.",
        "Rejected.",
    ]


def test_no_two_decisions_have_one_number():
    numbers = Counter(path.name.partition("-")[0] for path in DECISIONS)

    assert [number for number, times in numbers.items() if times > 1] == []


# --- Words ---


class Word(NamedTuple):
    english: str
    spanish: str
    meaning: str


def glossary() -> list[Word]:
    lines = (ROOT / "GLOSSARY.md").read_text().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [Word(*row) for row in rows if row[0] != "word" and set(row[0]) != {"-"}]


def spanish_sentences() -> Iterator[str]:
    """What pages say in Spanish: the catalogue, definitions, and the phrases of lessons."""
    for path in (SOURCE / "locale" / "es" / "parts").glob("*.po"):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            yield from entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    for path in (ROOT / "programmes").glob("*/programme.toml"):
        yield path.read_text()
    yield (SOURCE / "apps" / "learning" / "content" / "phrases.py").read_text()


def test_every_word_is_defined_once_with_its_spanish_word():
    words = glossary()

    assert [word.english for word in words if not word.spanish.strip(" *") or not word.meaning] == []
    assert [word for word, times in Counter(word.english for word in words).items() if times > 1] == []


def test_spanish_words_without_a_star_are_those_that_pages_use():
    said = " ".join(spanish_sentences()).lower()
    used = [part for word in glossary() for part in re.sub(r" \([^)]*\)", "", word.spanish).split(", ")]

    assert [word for word in used if not word.endswith("*") and not _is_said(word, said)] == []


def _is_said(word: str, text: str) -> bool:
    """Whether the text has it, in singular or plural: `lugar` and `lugares`, `región` and `regiones`."""
    plain = word.removesuffix("ión")
    forms = {word, f"{word}s", f"{word}es", f"{plain}iones" if plain != word else word, word.replace("ruta ", "rutas ")}
    return any(re.search(rf"(?<!\w){re.escape(form)}s?(?!\w)", text) for form in forms)

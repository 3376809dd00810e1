"""docs/tutorial.md, word by word: its files are written, its commands run, its outputs compared, its pages opened."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "tutorial.md").read_text()
BLOCK = re.compile(r"^```(?P<language>\w+)(?: (?P<how>file|append)=(?P<path>\S+))?\n(?P<content>.*?)^```", re.M | re.S)
SERVE = "trenza serve\n"
PORT = 8000
PATIENCE = 120  # seconds, for a machine that does much else


@dataclass
class Follower:
    """Somebody who does what the page says, in an empty folder, from the first block to the last."""

    folder: Path
    port: int
    exports: list[str] = field(default_factory=list)
    said: str = ""

    def do(self, blocks: Sequence[re.Match[str]]) -> None:
        for block in blocks:
            content = block["content"]
            match block["language"], block["how"]:
                case _, "file":
                    (self.folder / block["path"]).write_text(content)
                case _, "append":
                    with (self.folder / block["path"]).open("a") as file:
                        file.write(content)
                case "sh", None:
                    self.said = self.run(content)
                case "text", None:
                    assert self.said == content
                case _:
                    raise AssertionError(f"nobody knows what to do with {block.group()}")

    def run(self, commands: str) -> str:
        """What the commands print."""
        done = subprocess.run(
            ["bash", "-e", "-c", "\n".join([*self.exports, commands])],
            cwd=self.folder, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{commands}{done.stdout}{done.stderr}"
        self.exports += [line for line in commands.splitlines() if line.startswith("export ")]
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[str]:
        """`trenza serve` in a window of its own, on a port that is free here."""
        command = "\n".join([*self.exports, f"exec {SERVE.strip()} --port {self.port}"])
        with (self.folder / "serve.txt").open("wb") as output:
            process = subprocess.Popen(
                ["bash", "-c", command], cwd=self.folder, env=environment(), stdout=output, stderr=subprocess.STDOUT
            )
        try:
            url = f"http://127.0.0.1:{self.port}"
            wait_for(url, process, self.folder / "serve.txt")
            yield url
        finally:
            process.terminate()
            process.wait(timeout=60)


def environment() -> dict[str, str]:
    """Nothing of this process but the environment's `trenza` first on the path, as the page asks."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRENZA_", "DJANGO_"))}
    return kept | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def wait_for(url: str, process: subprocess.Popen[bytes], output: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"`trenza serve` did not start:\n{output.read_text()}")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def named(words: str) -> str:
    """Words of a page that the tutorial tells the reader to look for."""
    assert f"«{words}»" in TEXT, words
    return words


def addresses() -> list[str]:
    return re.findall(rf"<http://127\.0\.0\.1:{PORT}(/\S*)>", TEXT)


@pytest.mark.slow
@pytest.mark.drill
def test_tutorial_works_word_by_word(tmp_path: Path, browser: Browser):
    blocks = list(BLOCK.finditer(TEXT))
    [serve] = [number for number, block in enumerate(blocks) if block["content"] == SERVE]
    follower = Follower(tmp_path, free_port())
    entrance, public = addresses()

    follower.do(blocks[:serve])
    with follower.serving() as url:
        [code, *others] = blocks[serve + 1 :]
        page = browser.new_context(base_url=url, locale="es-BO").new_page()
        open_the_call(page, entrance, lambda: follower.run(code["content"]).strip())
        hers = browser.new_context(base_url=url, locale="es-BO").new_page()
        learn(hers, public)
        follower.do(others)
        wait_for_certificate(hers)
        hers.context.close()
        page.context.close()

    assert (tmp_path / "copia.toml").read_text() == follower.run("trenza programme export huerto-digital")
    assert sorted(path.name for path in (tmp_path / "copia-del-curso").iterdir()) == [
        "01-la-luz.md", "02-el-mensaje.md", "course.toml",
    ]  # fmt: skip


def open_the_call(page: Page, entrance: str, code: Callable[[], str]) -> None:
    """Ana signs in and publishes the call."""
    page.goto(entrance)
    page.get_by_label("Tu correo electrónico").fill("ana@ejemplo.org")
    page.get_by_role("button", name="Envíame un código").click()
    page.get_by_label("Tu código").fill(code())
    page.get_by_role("button", name="Seguir").click()
    page.get_by_role("link", name=named("Convocatorias")).first.click()
    page.get_by_role("link", name=named("Aprende a vender con fotos")).click()
    page.get_by_role("button", name=named("Publicar la convocatoria")).click()
    page.get_by_text("Abierta").first.wait_for()


def learn(page: Page, public: str) -> None:
    """A stranger signs up and does both lessons."""
    page.goto(public)
    page.get_by_role("link", name=named("Inscribirme")).first.click()
    page.get_by_label("Tu nombre").fill("Rosa")
    page.get_by_label("Tus apellidos").fill("Choque")
    page.get_by_label("Tu correo electrónico").fill("rosa@ejemplo.org")
    for label, number in (("Día", 2), ("Mes", 5), ("Año", 1990)):
        page.get_by_label(label).fill(str(number))
    page.get_by_role("button", name="Seguir").click()
    page.get_by_label("Lo leí y estoy de acuerdo.").check()
    page.get_by_role("button", name="Empezar ahora").click()
    expect(page.locator("main")).to_contain_text(named("La luz"))
    page.get_by_role("link", name="Empezar").click()
    page.get_by_label("Junto a la ventana, de día.").check()
    for _ in range(2):
        page.get_by_role("button", name=re.compile("erminar")).click()
        page.get_by_role("link", name="Seguir", exact=True).click()


def wait_for_certificate(page: Page) -> None:
    """A worker gives her, who has finished, what the changed definition promises."""
    for _ in range(PATIENCE):
        page.goto("/mi/")
        if page.get_by_role("link", name="Descárgalo (PDF)").count():
            return
        time.sleep(1)
    raise AssertionError(page.locator("main").inner_text())


def test_tutorial_has_every_step_of_the_way():
    """What the page must teach: a definition, a course of two lessons with a question, check, load, change, export."""
    files = [block["path"] for block in BLOCK.finditer(TEXT) if block["how"]]
    commands = "".join(block["content"] for block in BLOCK.finditer(TEXT) if block["language"] == "sh")

    assert [Path(path).name for path in files] == [
        "programme.toml", "course.toml", "01-la-luz.md", "02-el-mensaje.md", "programme.toml",
    ]  # fmt: skip
    assert "::: question" in TEXT
    for command in ("programme check", "programme load", "serve", "programme export"):
        assert f"trenza {command}" in commands


def test_contributing_leads_to_the_tutorial():
    assert "(docs/tutorial.md)" in (ROOT / "CONTRIBUTING.md").read_text()


@pytest.mark.parametrize("name", ["docs/tutorial.md", "docs/data.md"])
def test_readme_leads_to(name: str):
    for readme in ("README.md", "README.es.md"):
        assert f"({name})" in (ROOT / readme).read_text()

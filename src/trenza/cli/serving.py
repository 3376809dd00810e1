"""`trenza serve`, `trenza worker`, `trenza migrate`: the processes."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event
from types import FrameType

import click
from django.core.management import call_command
from django.db import connection

from trenza.apps.sync import api as sync
from trenza.cli.visiting import told_to_end
from trenza.core import journal
from trenza.core.sweeps import Broom

IDLE_SECONDS = 0.5
A_ROUND = 100  # who has done less waits a little for more: a round costs the same for one entry and for hundreds
GATHER_SECONDS = 0.1
RECONSIDER_SECONDS = 300  # what phones sent may speak of a course that has arrived meanwhile
READY_SECONDS = 60


@click.command()
def migrate() -> None:
    """Bring the database up to date."""
    call_command("migrate", verbosity=1)


@click.command()
def worker() -> None:
    """Do what follows from entries, until stopped."""
    work_until(told_to_end())


def work_until(ended: Event) -> None:
    """Do what follows from entries, until `ended`."""
    journal.reconsider_held()
    looked, broom = float("-inf"), Broom()
    while not ended.is_set():
        if time.monotonic() - looked > RECONSIDER_SECONDS:
            sync.reconsider()
            looked = time.monotonic()
        done = broom.sweep_if_due() + journal.work()
        if not done:
            connection.close_if_unusable_or_obsolete()
        if done < A_ROUND:
            ended.wait(GATHER_SECONDS if done else IDLE_SECONDS)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Web processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Run the web and worker processes, until stopped."""
    if not is_free(host, port):
        click.echo(f"Another program uses port {port}. Try: trenza serve --port {port + 1}", err=True)
        sys.exit(1)
    with running(host, port, workers) as processes:
        sys.exit(wait(processes))


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@contextmanager
def running(host: str, port: int, workers: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """A web server and a worker, each a process of its own, stopped when this is left: by SIGTERM too."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    commands = [web_command(host, port, workers), [sys.executable, "-m", "trenza.cli", "worker"]]
    # Before there is a process that could be left behind.
    signal.signal(signal.SIGTERM, _interrupt)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            processes.append(subprocess.Popen(command, env=environment))
        yield processes
    finally:
        stop(processes)


def web_command(host: str, port: int, workers: int, application: str = "trenza.wsgi:application") -> list[str]:
    """The command line of the web server."""
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    server += ["--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
    return [*server, application]


def wait_until_ready(url: str, processes: Sequence[subprocess.Popen[bytes]]) -> bool:
    """Whether the server answered before `READY_SECONDS` and before a process ended."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    return False


def wait(processes: Sequence[subprocess.Popen[bytes]]) -> int:
    """Wait until told to stop (0) or until one process ends (1): the exit code."""
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0
    return 1


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """End them by their process ids; one that does not listen is killed."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

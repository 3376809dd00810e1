"""`trenza hub serve`: all of a hub on one small computer: pages, what follows from entries, visits to the cell.

Whether phones get a safe connection is settled before settings are read, so a change of it starts the program anew.
"""

import logging
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Final, NamedTuple, NoReturn

import click
from django.db import connection, connections
from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server.common import AbstractServer
from granian.server.mt import MTServer

from trenza.apps.sync import api as sync
from trenza.cli.hub_redirect import redirect
from trenza.cli.serving import is_free, work_until
from trenza.cli.visiting import said, visit_each
from trenza.settings import environment

_log = logging.getLogger(__name__)
LOOK_AGAIN: Final = 5.0
_GRACE: Final = 15.0
_THREADS: Final = 3
"""There is one core: a further thread would only hold two megabytes more, for its connection to the database."""


class Plan(NamedTuple):
    """How phones are answered: over HTTPS with `chain`, or over HTTP where there is none, and `why`."""

    host: str
    chain: str
    why: str

    def settings(self, port: int, http_port: int) -> dict[str, str]:
        """What the environment must say then."""
        hosts = environment.words("TRENZA_HOSTS", "127.0.0.1,localhost")
        scheme, number, usual = ("https", port, 443) if self.chain else ("http", http_port, 80)
        address = f"{scheme}://{self.host or hosts[0]}{'' if number == usual else f':{number}'}"
        return {
            "TRENZA_HUB_SECURE": "1" if self.chain else "0",
            "TRENZA_URL": address,
            "TRENZA_HOSTS": ",".join(dict.fromkeys([*filter(None, [self.host]), *hosts])),
            "MALLOC_ARENA_MAX": "1",  # threads share one heap: memory is scarcer than cores
            # What a PIN is compared with takes 16 MB for a moment; out of the heap, it would stay with us for good.
            "MALLOC_MMAP_THRESHOLD_": "1048576",
        }


def plan() -> Plan:
    """How phones are to be answered now. A clock that is known to be off does not end a certificate."""
    host, chain, reading = sync.own_name(), sync.own_chain(), sync.read_clock()
    if not host:
        return Plan("", "", "Without a safe connection: this hub has no name. `trenza hub status` says more.")
    if chain is None:
        return Plan(host, "", f"Without a safe connection: no certificate for {host} yet. It comes with a visit.")
    if not chain.is_in_force(reading.now):
        valid = (
            f"valid from {chain.starts_at:%Y-%m-%d} to {chain.ends_at:%Y-%m-%d}, and here it is {reading.now:%Y-%m-%d}"
        )
        return Plan(
            host, "", f"Without a safe connection: the certificate is {valid}. Visit the cell; look at the clock."
        )
    return Plan(host, chain.pem, "")


@click.command("serve")
@click.option("--host", default="0.0.0.0", show_default=True, help="The address to listen at.")
@click.option("--port", default=443, show_default=True, help="For HTTPS.")
@click.option("--http-port", default=80, show_default=True, help="For HTTP.")
@click.option("--every", type=click.IntRange(min=1), default=30, show_default=True, help="Minutes between visits.")
@click.option("--budget-mb", type=click.FloatRange(min=0.01), help="At most so many megabytes a day, both ways.")
@said
def serve(host: str, port: int, http_port: int, every: int, budget_mb: float | None) -> None:
    """Run a centre's hub, pages, worker and visits to the cell, until stopped."""
    now = plan()
    settings = now.settings(port, http_port)
    if settings.items() - os.environ.items():
        _begin_anew(settings)
    for number in {port, http_port} if now.chain else {http_port}:
        if not is_free(host, number):
            click.echo(f"Port {number} is used by another program, or may not be used by this one.", err=True)
            sys.exit(1)
    click.echo(f"Pages at {settings['TRENZA_URL']}. {now.why}".strip())
    if sync.read_clock().wrong:
        click.echo("THE CLOCK IS WRONG: `trenza hub status` says how to set it.", err=True)
    with tempfile.TemporaryDirectory() as folder:
        pages = _Pages(host, port if now.chain else http_port, _tls(now, Path(folder)))
        pages.parts = [work_until, partial(visit_each, every, budget_mb), partial(_watch, now)]
        if now.chain:
            pages.parts.append(partial(redirect, host, http_port, settings["TRENZA_URL"]))
        pages.run()
    if pages.outlived:
        _begin_anew(plan().settings(port, http_port))
    sys.exit(1 if pages.failed else 0)


class _Pages(MTServer):
    """The web server, within this process: two would need half as much memory again. Beside it run `parts`, each in a
    thread. Where one of them ends, all do, and whoever started us starts us again."""

    parts: list[Callable[[Event], None]]

    def __init__(self, host: str, port: int, tls: tuple[Path, Path] | None) -> None:
        super().__init__(
            "trenza.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, blocking_threads=_THREADS,
            websockets=False, log_level=LogLevels.warning, ssl_cert=tls and tls[0], ssl_key=tls and tls[1],
            ssl_protocol_min=SSLProtocols.tls12,
        )  # fmt: skip
        self.failed = self.outlived = False
        self._ended = Event()

    def run(self) -> None:
        """Until told to end, or until a part ended: with `failed`, or because it is `outlived`."""
        threads = [Thread(target=self._run, args=(part,), daemon=True) for part in self.parts]
        for thread in threads:
            thread.start()
        try:
            AbstractServer.serve(self)  # what MTServer adds is a warning
        finally:
            self._ended.set()
            for thread in threads:  # a visit that has begun may take longer, and nothing is lost of it
                thread.join(_GRACE)

    def _check_gil(self) -> None:
        """Threads that share one lock are what we want: there is one core."""

    def _run(self, part: Callable[[Event], None]) -> None:
        try:
            part(self._ended)
        except Exception:  # noqa: BLE001 (whatever a part raises)
            _log.exception("a part of this hub failed")
            self.failed = True
        finally:
            connections.close_all()
            if not self._ended.is_set():
                self.outlived = not self.failed
                os.kill(os.getpid(), signal.SIGTERM)


def _watch(now: Plan, ended: Event) -> None:
    """Until phones are to be answered in another way than now."""
    while not ended.wait(LOOK_AGAIN):
        if plan()[:2] != now[:2]:
            return
        connection.close()


def _tls(now: Plan, folder: Path) -> tuple[Path, Path] | None:
    if not now.chain:
        return None
    chain = folder / "chain.pem"
    chain.write_text(now.chain)
    return chain, sync.key_file()


def _begin_anew(settings: dict[str, str]) -> NoReturn:
    """The same process, from the start, with other settings."""
    connections.close_all()
    os.environ.update(settings)
    os.execv(sys.executable, [sys.executable, "-m", "trenza.cli", *sys.argv[1:]])

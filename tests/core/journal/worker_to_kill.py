"""A worker in a process of its own that is killed with SIGKILL just before or just after its n-th commit.

It works as it does in use; only the moment of its death is ours. The process is a fork of the test's: importing
everything anew for each of some hundred deaths took minutes.
"""

import os
import signal
import traceback
import warnings
from datetime import UTC, datetime, timedelta

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from trenza.core import clock
from trenza.core.journal import work_until_done

COMMIT = "_commit"  # private: there is no other place where each commit passes


def run_worker(number: int, moment: str, *, later: int = 0) -> int:
    """Work `later` minutes from now, killed `moment` ("before" or "after") its commit `number`; the exit code as of
    `subprocess`: 0 means that it had nothing left to do, -9 that it was killed."""
    connections.close_all()  # no connection may be used on both sides of a fork
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of other threads, which the child has not and needs not
        child = os.fork()
    if child == 0:
        _work_and_leave(number, moment, timedelta(minutes=later))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _work_and_leave(number: int, moment: str, later: timedelta) -> None:
    """In the child: nothing of the test's may run here, whatever happens."""
    try:
        _die_at(number, moment)
        with clock.travel(datetime.now(UTC) + later):
            work_until_done()
        connections.close_all()
        os._exit(0)
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    finally:
        os._exit(1)


def _die_at(number: int, moment: str) -> None:
    real_commit = getattr(BaseDatabaseWrapper, COMMIT)
    commits = 0

    def commit(self: BaseDatabaseWrapper) -> None:
        nonlocal commits
        commits += 1
        if commits == number and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        real_commit(self)
        if commits == number and moment == "after":
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(BaseDatabaseWrapper, COMMIT, commit)

"""A worker that is killed with SIGKILL just before or just after its n-th commit: `python -m … N before|after LATER`.

It works as it does in use; only the moment of its death is ours. Exit code 0 means that it had nothing left to do.
"""

import os
import signal
import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402  (Django must be set up first)

from tests.core.journal import toys  # noqa: E402, F401  (registers the handler)
from trenza.core import clock  # noqa: E402
from trenza.core.journal import work_until_done  # noqa: E402

number, moment, later = int(sys.argv[1]), sys.argv[2], timedelta(minutes=int(sys.argv[3]))
commits = 0
COMMIT = "_commit"  # private: there is no other place where each commit passes
real_commit = getattr(BaseDatabaseWrapper, COMMIT)


def commit(self: BaseDatabaseWrapper) -> None:
    global commits
    commits += 1
    if commits == number and moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real_commit(self)
    if commits == number and moment == "after":
        os.kill(os.getpid(), signal.SIGKILL)


setattr(BaseDatabaseWrapper, COMMIT, commit)
with clock.travel(datetime.now(UTC) + later):
    work_until_done()

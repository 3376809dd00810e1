"""`trenza backup`, `restore` and `backup-key` as a person at the keyboard meets them."""

import pytest
from click.testing import CliRunner, Result

from trenza.cli.commands import main
from trenza.core import backup
from trenza.core.journal import last_position

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_database")]


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    settings.HOME, settings.FILES_ROOT, settings.PRIVATE_ROOT = folder, folder / "files", folder / "private"
    settings.MEDIA_ROOT = folder / "media"
    settings.BACKUP_RECIPIENTS, settings.BACKUP_PASSPHRASE = [], ""
    return folder


@pytest.fixture
def key(tmp_path):
    run("backup-key", tmp_path / "backup.key")
    return tmp_path / "backup.key"


def public(key) -> str:
    return str(key.read_text().split()[3])


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_backup_key_is_for_its_owner_alone_and_never_written_over(tmp_path):
    path = tmp_path / "backup.key"
    made = run("backup-key", path)

    assert (made.exit_code, made.output.strip()) == (0, public(path))
    assert path.stat().st_mode & 0o777 == 0o600
    assert "AGE-SECRET-KEY-1" in path.read_text()
    again = run("backup-key", path)
    assert (again.exit_code, "cannot be made" in again.output, made.output.strip()) == (1, True, public(path))


def test_backup_says_what_it_made_and_check_says_what_is_in_it(tmp_path, key):
    made = run("backup", tmp_path / "out", "--recipient", public(key), "--verify", "--keep", 1)
    [path] = (tmp_path / "out").iterdir()

    assert made.output.startswith(f"{path}: {path.stat().st_size} bytes, {last_position()} entries, 0 files; read back")
    checked = run("restore", "--check", path, "--identity", key)
    assert (checked.exit_code, checked.output.splitlines()[-1]) == (0, "It is whole.")
    assert f"entries        {last_position()}" in checked.output


@pytest.mark.parametrize("way", ["settings", "file"])
def test_recipients_come_from_settings_or_a_file_too(tmp_path, key, settings, way):
    words: list[object] = []
    if way == "settings":
        settings.BACKUP_RECIPIENTS = [public(key)]
    else:
        (tmp_path / "team").write_text(f"# the team\n\n{public(key)}\n")
        words = ["--recipients-file", tmp_path / "team"]

    assert run("backup", tmp_path / "mine.trenza", *words).exit_code == 0
    assert run("restore", "--check", tmp_path / "mine.trenza", "--identity", key).exit_code == 0


@pytest.mark.slow
def test_passphrase_comes_from_the_settings(tmp_path, settings):
    settings.BACKUP_PASSPHRASE = "cuatro palabras al azar"
    assert run("backup", tmp_path / "mine.trenza").exit_code == 0
    assert run("restore", "--check", tmp_path / "mine.trenza").output.endswith("It is whole.\n")

    settings.BACKUP_PASSPHRASE = "otras palabras"
    refused = run("restore", "--check", tmp_path / "mine.trenza")
    assert (refused.exit_code, "not the one with which" in refused.output) == (1, True)


def test_what_is_missing_or_wrong_is_said_in_a_sentence(tmp_path, key, home):
    whole = tmp_path / "mine.trenza"
    run("backup", whole, "--recipient", public(key))
    run("backup-key", tmp_path / "other.key")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    cut = tmp_path / "cut.trenza"
    cut.write_bytes(whole.read_bytes()[:-1])
    said = {
        "Nobody is here to type a passphrase": ["backup", tmp_path / "a.trenza"],
        "is no public key of age": ["backup", tmp_path / "a.trenza", "--recipient", "age1x"],
        "cannot be read": ["backup", tmp_path / "a.trenza", "--recipients-file", tmp_path / "none"],
        "--keep needs a folder": ["backup", tmp_path / "a.trenza", "--recipient", public(key), "--keep", 3],
        "is there already": ["backup", whole, "--recipient", public(key)],
        "cannot be written": ["backup", "/proc/none", "--recipient", public(key)],
        "--identity FILE": ["restore", whole],
        "holds no secret key": ["restore", whole, "--identity", tmp_path / "photo.jpg"],
        "locked for another one": ["restore", whole, "--identity", tmp_path / "other.key"],
        "no backup of Trenza's": ["restore", tmp_path / "photo.jpg", "--identity", key],
        "cut off": ["restore", "--check", cut, "--identity", key],
        f"{tmp_path / 'none'} cannot be read": ["restore", tmp_path / "none", "--identity", key],
    }

    for sentence, words in said.items():
        result = run(*words)
        assert (result.exit_code, result.exception.__class__) == (1, SystemExit), words
        assert sentence in result.output
    assert list(tmp_path.glob("a.trenza")) == []


@pytest.mark.slow
def test_restore_says_what_stands_where_and_what_is_next(tmp_path, key, settings):
    run("backup", tmp_path / "mine.trenza", "--recipient", public(key))

    result = run("restore", tmp_path / "mine.trenza", "--identity", key, "--replace")

    assert result.exit_code == 0
    assert "under a new device of this server" in result.output
    assert "What was here is kept as" in result.output
    assert result.output.splitlines()[-1] == "Next: trenza journal check, trenza doctor, then start Trenza."
    assert backup.last() is not None

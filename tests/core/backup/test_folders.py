"""Names of files in a backup cannot lead anywhere but into our folders."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from trenza.core.backup import folders
from trenza.core.backup.errors import Damaged

HASH = hashlib.sha256(b"abc").hexdigest()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("secret.key", True),
        (f"files/ba/{HASH[:20]}.webp", True),
        ("private/certificates/ab/constancia ñ.pdf", True),
        ("media/a", True),
        ("keys/seal/1.key", True),
        ("files/xx/short.webp", False),
        (f"files/00/{HASH[:20]}.webp", False),
        ("files/tmpab12cd", False),
        ("media", False),
        ("media/", False),
        ("media/../secret.key", False),
        ("media/a/../../../etc/passwd", False),
        ("media//a", False),
        ("/etc/passwd", False),
        ("../secret.key", False),
        ("static/office.css", False),
        ("mail/1.log", False),
        ("media/a\0b", False),
        ("media/a\nb", False),
        ("media/a\\b", False),
        ("media/" + "a" * 256, False),
        ("media/" + "a/" * 8 + "a", False),
        ("", False),
    ],
)
def test_names_that_may_stand_in_a_backup(name, safe):
    assert folders.is_safe(name) is safe


def test_files_lists_ours_without_links_and_leftovers(home: Path):
    for name in ("secret.key", f"files/ba/{HASH[:20]}.webp", "files/ba/tmpx1", "media/b/c.txt", "static/x", "mail/y"):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (home / "media" / "link").symlink_to("/etc/passwd")
    (home / "media" / "folder").symlink_to("/etc")

    assert list(folders.files()) == [
        (name, home / name) for name in ("secret.key", f"files/ba/{HASH[:20]}.webp", "media/b/c.txt")
    ]


def test_writer_keeps_a_file_for_its_owner_alone_and_compares_digests(tmp_path: Path):
    written = folders.Writer(tmp_path, "media/a/b.txt")
    written.write(b"a")
    written.write(b"bc")
    written.close(HASH)
    assert (written.path.read_bytes(), written.path.stat().st_mode & 0o777) == (b"abc", 0o600)
    assert written.path.parent.stat().st_mode & 0o777 == 0o700

    other = folders.Writer(tmp_path, "media/other")
    other.write(b"abd")
    with pytest.raises(Damaged):
        other.close(HASH)
    with pytest.raises(FileExistsError):
        folders.Writer(tmp_path, "media/a/b.txt")
    with pytest.raises(Damaged):
        folders.Writer(tmp_path, "media/../../x")


def test_writer_refuses_a_file_by_hash_that_has_another(tmp_path: Path):
    written = folders.Writer(tmp_path, "files/00/0011223344.webp")
    written.write(b"abc")
    with pytest.raises(Damaged):
        written.close(HASH)


def test_no_backup_holds_the_keys_with_which_credentials_are_signed():
    keys = Path(settings.KEYS_ROOT)

    assert [
        name for name, root in folders.roots().items() if keys.is_relative_to(root) or root.is_relative_to(keys)
    ] == []

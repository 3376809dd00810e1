from pathlib import Path

import pytest

from tools import browser, debian


def test_named_browser_is_taken(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TRENZA_BROWSER", "/srv/chrome")

    assert browser.find_browser() == Path("/srv/chrome")


def test_installed_browser_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("TRENZA_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    chrome = tmp_path / "google-chrome"
    chrome.touch(mode=0o755)

    assert browser.find_browser() == chrome


def test_missing_browser_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.delenv("TRENZA_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "MAC", ())

    assert not debian.can_install()
    assert browser.main() == 1
    assert "apt-get install chromium" in capsys.readouterr().err

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


def test_tests_prefer_the_browser_without_windows_and_measurements_the_whole_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.delenv("TRENZA_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    shell, chromium = tmp_path / "chromium-headless-shell", tmp_path / "chromium"
    shell.touch(mode=0o755)
    assert (browser.find_browser(windowless=True), browser.find_browser()) == (shell, shell)

    chromium.touch(mode=0o755)

    assert (browser.find_browser(windowless=True), browser.find_browser()) == (shell, chromium)


@pytest.mark.parametrize(
    ("here", "asked"), [(True, ["chromium-headless-shell"]), (False, ["chromium-headless-shell", "chromium"])]
)
def test_what_is_missing_is_installed_and_a_whole_browser_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, here: bool, asked: list[str]
):
    monkeypatch.delenv("TRENZA_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "MAC", ())
    installed: list[str] = []
    monkeypatch.setattr(debian, "can_install", lambda: True)
    monkeypatch.setattr(debian, "install", lambda package: installed.append(package))
    if here:
        (tmp_path / "chromium").touch(mode=0o755)

    assert (browser.main(), installed) == (0 if here else 1, asked)


def test_missing_browser_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.delenv("TRENZA_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "MAC", ())

    assert not debian.can_install()
    assert browser.main() == 1
    assert "apt-get install chromium" in capsys.readouterr().err

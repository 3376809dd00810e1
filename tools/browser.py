"""Find the real browser of the tests, or install it: `python -m tools.browser` prints where it is."""

import os
import shutil
import sys
from pathlib import Path

from tools import debian

WINDOWLESS = "chromium-headless-shell"
"""Chromium itself without its windows, which a test does not look at: it does the same for half the work."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MAC = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
HELP = """The tests need Chromium or Chrome, and none was found. Install one:
    Debian, Ubuntu:  apt-get install chromium
    Fedora:          dnf install chromium
    macOS:           brew install --cask chromium
or name it: TRENZA_BROWSER=/path/to/chrome. `make test-fast` needs none."""


def find_browser(*, windowless: bool = False) -> Path | None:
    """The browser that TRENZA_BROWSER names, else the first one here, with windows or without."""
    named = os.environ.get("TRENZA_BROWSER")
    if named:
        return Path(named)
    names = (WINDOWLESS, *NAMES) if windowless else (*NAMES, WINDOWLESS)
    found = next(filter(None, map(shutil.which, names)), None)
    if found:
        return Path(found)
    return next((path for path in MAC if path.exists()), None)


def main() -> int:
    if not os.environ.get("TRENZA_BROWSER") and shutil.which(WINDOWLESS) is None and debian.can_install():
        debian.install(WINDOWLESS)  # not every release has it; then a whole browser does
    browser = find_browser(windowless=True)
    if browser is None and debian.can_install() and debian.install("chromium"):
        browser = find_browser(windowless=True)
    if browser is None:
        print(HELP, file=sys.stderr)
        return 1
    print(browser)
    return 0


if __name__ == "__main__":
    sys.exit(main())

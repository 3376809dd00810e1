"""Find the real browser of the tests, or install it: `python -m tools.browser` prints where it is."""

import os
import shutil
import sys
from pathlib import Path

from tools import debian

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


def find_browser() -> Path | None:
    """The browser that TRENZA_BROWSER names, else the first one installed here."""
    named = os.environ.get("TRENZA_BROWSER")
    if named:
        return Path(named)
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return Path(found)
    return next((path for path in MAC if path.exists()), None)


def main() -> int:
    browser = find_browser()
    if browser is None and debian.can_install() and debian.install("chromium"):
        browser = find_browser()
    if browser is None:
        print(HELP, file=sys.stderr)
        return 1
    print(browser)
    return 0


if __name__ == "__main__":
    sys.exit(main())

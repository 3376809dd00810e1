"""Install what is missing where that is ours to do: as root on Debian and its kin."""

import os
import shutil
import subprocess
import sys


def can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str) -> bool:
    """Install a package; say whether it worked. Its list of packages is fetched first, or an old one finds nothing."""
    print(f"Installing Debian's {package}", file=sys.stderr, flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = [["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "--no-install-recommends", package]]
    for command in commands:
        done = subprocess.run(command, env=environ, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    return done.returncode == 0

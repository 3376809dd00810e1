"""Real data that is not ours and not in the repository: beside it on our machines, absent on a user's own."""

import os
from pathlib import Path

import pytest

_REPOSITORY = Path(__file__).resolve().parent.parent


def shared_data() -> Path:
    """The folder of real data; a test that asks for it is skipped where it is absent."""
    found = find_shared_data()
    if found is None:
        pytest.skip("the folder of real data (../shared/data, or TRENZA_SHARED) is not on this machine")
    return found


def find_shared_data() -> Path | None:
    """The folder of real data: TRENZA_SHARED names what holds it, else `shared` beside the repository or one above."""
    named = os.environ.get("TRENZA_SHARED")
    candidates = [Path(named)] if named else []
    candidates += [_REPOSITORY.parent / "shared", _REPOSITORY.parent.parent / "shared"]
    return next((candidate / "data" for candidate in candidates if (candidate / "data").is_dir()), None)

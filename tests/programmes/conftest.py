import pytest


@pytest.fixture(autouse=True)
def _apps_to_come(settings):
    """Sections whose app is not installed are left unread, as on a hub."""
    settings.DEFINITION_SECTIONS_ELSEWHERE = ["credential", "indicator", "target", "reported"]

"""Sessions in the database, written when something changed and not because somebody looked."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

from trenza.core.durability import without_waiting_for_the_disk


class SessionStore(DatabaseSessions):
    """Django's, but for two things: what was just saved is not saved again by the end of the same request, and saving
    does not wait for the disk: after a power cut she signs in once more. Ending a session does wait."""

    _last_saved: tuple[str | None, bytes] | None = None

    def save(self, must_create: bool = False) -> None:
        """Write it, unless it is as it was written."""
        held = self.serializer().dumps(getattr(self, "_session_cache", {}) if must_create else dict(self.items()))
        if not must_create and (self.session_key, held) == self._last_saved:
            return
        with without_waiting_for_the_disk():
            super().save(must_create)
        self._last_saved = (self.session_key, held)

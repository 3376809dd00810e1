"""Sessions in the database, written when something changed and not because somebody looked."""

from typing import Any

from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import IntegrityError
from django.utils.crypto import get_random_string

from trenza.core import bulk
from trenza.core.journal import written_at_once


class SessionStore(DatabaseSessions):
    """Django's, but for this: what was just saved is not saved again by the end of the same request; saving does not
    wait for the disk (after a power cut she signs in once more; ending a session does wait), but for its turn; and one
    that is new is written once, with what it holds."""

    _last_saved: tuple[str | None, bytes] | None = None

    def save(self, must_create: bool = False) -> None:
        """Write it, unless it is as it was written."""
        if self.session_key is None and not must_create:
            self.create()
            return
        held = self.serializer().dumps(getattr(self, "_session_cache", {}) if must_create else dict(self.items()))
        if not must_create and (self.session_key, held) == self._last_saved:
            return
        if must_create:
            self._insert()
        else:
            with written_at_once():
                super().save()
        self._last_saved = (self.session_key, held)

    def cycle_key(self) -> None:
        """Another key for what it holds. One that has none, and so is nobody's yet, gets its first when it is saved."""
        if self.session_key is None:
            self.modified = True
        else:
            super().cycle_key()

    def _insert(self) -> None:
        # What it holds, without looking for what stood under a key before.
        held: dict[str, Any] = vars(self).setdefault("_session_cache", {})
        row = self.create_model_instance(held)
        try:
            with written_at_once():
                bulk.insert(row)
        except IntegrityError:
            raise CreateError from None

    def _get_new_session_key(self) -> str:
        # Whether somebody has it shows when it is written: `create` then takes another.
        return get_random_string(32, VALID_KEY_CHARS)

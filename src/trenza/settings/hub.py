"""A centre's hub: the field's pages only, on a small computer; no office, no credentials, no impact."""

from trenza.settings import environment
from trenza.settings.base import DATABASES, FIELD_APPS, THIRD_PARTY_APPS
from trenza.settings.laptop import *  # noqa: F403 (this is what a Django settings module is)

IS_HUB = True
INSTALLED_APPS = [*FIELD_APPS, *THIRD_PARTY_APPS]
# Each thread has a connection, and each connection a cache of its own: half a megabyte in place of 16, for memory is
# scarce here, and what the system has read it keeps for all of them.
DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA cache_size=-500;"
# What a definition says to the apps that a hub leaves to its cell, in the order in which it is written.
DEFINITION_SECTIONS_ELSEWHERE = ["credential", "indicator", "target", "reported"]
# `trenza hub serve` says whether phones have a safe connection. Without one there are pages and forms, and nothing is
# kept on a phone. Cookies have names of their own then: a browser lets no plain page change those of a safe one.
_SECURE = environment.flag("TRENZA_HUB_SECURE", default=False)
PAGES_ONLY = not _SECURE
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
if PAGES_ONLY:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "plain_session", "plain_csrf"

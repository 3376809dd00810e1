"""A centre's hub: the field's pages only, on a small computer; no office, no credentials, no impact."""

from trenza.settings.base import FIELD_APPS, THIRD_PARTY_APPS
from trenza.settings.laptop import *  # noqa: F403 (this is what a Django settings module is)

IS_HUB = True
INSTALLED_APPS = [*FIELD_APPS, *THIRD_PARTY_APPS]
# What a definition says to the apps that a hub leaves to its cell, in the order in which it is written.
DEFINITION_SECTIONS_ELSEWHERE = ["credential", "indicator", "target", "reported"]

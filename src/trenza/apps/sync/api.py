"""The door of sync."""

from trenza.apps.sync.acts import (
    Act,
    Entry,
    Expanded,
    NotYet,
    Refused,
    entry,
    register_act,
    register_editions,
    register_kinds,
)
from trenza.apps.sync.carried import CarriedCode, UnreadableRecords, read_carried_code, read_carried_file
from trenza.apps.sync.keeping import forget, reconsider
from trenza.apps.sync.models import UnopenedRecord
from trenza.apps.sync.owners import Owner, register_owners
from trenza.apps.sync.receiving import receive
from trenza.apps.sync.rosters import State, register_roster, state_of
from trenza.apps.sync.wire import MOST_SENT, Body, RecordAnswer, Reply, TooLarge, Unreadable, WireDevice, read, write

__all__ = [
    "MOST_SENT",
    "Act",
    "Body",
    "CarriedCode",
    "Entry",
    "Expanded",
    "NotYet",
    "Owner",
    "RecordAnswer",
    "Refused",
    "Reply",
    "State",
    "TooLarge",
    "UnopenedRecord",
    "Unreadable",
    "UnreadableRecords",
    "WireDevice",
    "entry",
    "forget",
    "read",
    "read_carried_code",
    "read_carried_file",
    "receive",
    "reconsider",
    "register_act",
    "register_editions",
    "register_kinds",
    "register_owners",
    "register_roster",
    "state_of",
    "write",
]

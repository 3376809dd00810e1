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
from trenza.apps.sync.hub.by_hand import (
    HandedBack,
    HandedIn,
    export_for_cell,
    export_for_hub,
    import_from_cell,
    import_from_hub,
)
from trenza.apps.sync.hub.carrying import carry, carry_for_strangers
from trenza.apps.sync.hub.certificates import certify, name_hubs, origin_of_hub
from trenza.apps.sync.hub.certificates import due as due_certificates
from trenza.apps.sync.hub.clock import Reading, read_clock
from trenza.apps.sync.hub.copies import register_hub_links, register_hub_rows
from trenza.apps.sync.hub.errors import (
    AlreadyPaired,
    AlreadyRevoked,
    Busy,
    CentreHasHub,
    CodeNotValid,
    KeyLost,
    LineError,
    NoRoom,
    NotForUs,
    NotPaired,
)
from trenza.apps.sync.hub.exchange import answer as answer_hub
from trenza.apps.sync.hub.held import Held, decide_held, held_of
from trenza.apps.sync.hub.keys import own_identity
from trenza.apps.sync.hub.line import HttpLine, Line, pair_over
from trenza.apps.sync.hub.messages import Answer as HubAnswer
from trenza.apps.sync.hub.messages import NotProved, program
from trenza.apps.sync.hub.messages import Request as HubRequest
from trenza.apps.sync.hub.messages import read as read_message
from trenza.apps.sync.hub.messages import write as write_message
from trenza.apps.sync.hub.own_certificate import key_file, own_chain, own_name
from trenza.apps.sync.hub.pairing import (
    OpenPairing,
    Paired,
    hub_by_token,
    hubs_of,
    open_pairing,
    pair,
    revoke_hub,
    secret_of,
)
from trenza.apps.sync.hub.registry import (
    HubPlace,
    Lazy,
    register_hub_kinds,
    register_hub_roster,
    register_hub_table,
)
from trenza.apps.sync.hub.standing import HubStanding, standing
from trenza.apps.sync.hub.upstream import (
    Credentials,
    cell_key_for_phones,
    ensure_unpaired,
    is_hub,
    origin_of_cell,
    secret_of_hub,
    take_pairing,
    token_of,
    upstream,
)
from trenza.apps.sync.hub.visiting import Visit, visit
from trenza.apps.sync.hub.x509 import Chain, NotFor
from trenza.apps.sync.keeping import forget, reconsider
from trenza.apps.sync.models import Hub, HubPairing, UnopenedRecord, Upstream
from trenza.apps.sync.owners import Owner, register_owners
from trenza.apps.sync.receiving import receive
from trenza.apps.sync.rosters import State, register_roster, state_of
from trenza.apps.sync.wire import MOST_SENT, Body, RecordAnswer, Reply, TooLarge, Unreadable, WireDevice, read, write

__all__ = [
    "MOST_SENT",
    "Act",
    "AlreadyPaired",
    "AlreadyRevoked",
    "Body",
    "Busy",
    "CarriedCode",
    "CentreHasHub",
    "Chain",
    "CodeNotValid",
    "Credentials",
    "Entry",
    "Expanded",
    "HandedBack",
    "HandedIn",
    "Held",
    "HttpLine",
    "Hub",
    "HubAnswer",
    "HubPairing",
    "HubPlace",
    "HubRequest",
    "HubStanding",
    "KeyLost",
    "Lazy",
    "Line",
    "LineError",
    "NoRoom",
    "NotFor",
    "NotForUs",
    "NotPaired",
    "NotProved",
    "NotYet",
    "OpenPairing",
    "Owner",
    "Paired",
    "Reading",
    "RecordAnswer",
    "Refused",
    "Reply",
    "State",
    "TooLarge",
    "UnopenedRecord",
    "Unreadable",
    "UnreadableRecords",
    "Upstream",
    "Visit",
    "WireDevice",
    "answer_hub",
    "carry",
    "carry_for_strangers",
    "cell_key_for_phones",
    "certify",
    "decide_held",
    "due_certificates",
    "ensure_unpaired",
    "entry",
    "export_for_cell",
    "export_for_hub",
    "forget",
    "held_of",
    "hub_by_token",
    "hubs_of",
    "import_from_cell",
    "import_from_hub",
    "is_hub",
    "key_file",
    "name_hubs",
    "open_pairing",
    "origin_of_cell",
    "origin_of_hub",
    "own_chain",
    "own_identity",
    "own_name",
    "pair",
    "pair_over",
    "program",
    "read",
    "read_carried_code",
    "read_carried_file",
    "read_clock",
    "read_message",
    "receive",
    "reconsider",
    "register_act",
    "register_editions",
    "register_hub_kinds",
    "register_hub_links",
    "register_hub_roster",
    "register_hub_rows",
    "register_hub_table",
    "register_kinds",
    "register_owners",
    "register_roster",
    "revoke_hub",
    "secret_of",
    "secret_of_hub",
    "standing",
    "state_of",
    "take_pairing",
    "token_of",
    "upstream",
    "visit",
    "write",
    "write_message",
]

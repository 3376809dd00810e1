"""What somebody does at a hub reaches its cell: no observation stays behind without anybody having said so."""

from trenza.apps.sync.events import HubRowsChanged
from trenza.apps.sync.hub.registry import hub_kinds
from trenza.core.journal import Observation, all_kinds, name_of

HERE: frozenset[type[Observation]] = frozenset({HubRowsChanged})
"""What is of the hub alone."""


def test_every_observation_is_handed_on_or_said_to_stay():
    ours = {
        name
        for name, event in all_kinds().items()
        if issubclass(event, Observation) and event.__module__.startswith("trenza.")
    }

    assert ours - {name_of(kind) for kind in HERE} == hub_kinds(), (
        "register the kind in its app's hub.py (sync.api.register_hub_kinds), with what travels beside it "
        "(core.journal.attachment); or name it in HERE, if it is no loss that it stays on the hub"
    )

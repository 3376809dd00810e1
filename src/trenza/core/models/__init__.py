from trenza.core.models.alias import Alias
from trenza.core.models.base import Model
from trenza.core.models.device import Device
from trenza.core.models.entry import Entry
from trenza.core.models.set_aside import SetAside
from trenza.core.models.task import Cursor, Task

__all__ = ["Alias", "Cursor", "Device", "Entry", "Model", "SetAside", "Task"]

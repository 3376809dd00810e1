from trenza.apps.sync.models.unopened_record import UnopenedRecord

__all__ = ["UnopenedRecord"]

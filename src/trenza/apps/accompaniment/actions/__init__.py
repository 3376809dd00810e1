from trenza.apps.accompaniment.actions.attempt import record_attempt
from trenza.apps.accompaniment.actions.inquiry import answer_inquiry, make_inquiry

__all__ = ["answer_inquiry", "make_inquiry", "record_attempt"]

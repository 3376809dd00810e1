from trenza.apps.accompaniment.models.attempt import Attempt, AttemptNote, Channel, Outcome
from trenza.apps.accompaniment.models.inquiry import Category, Inquiry, Reply
from trenza.apps.accompaniment.models.thresholds import Thresholds

__all__ = ["Attempt", "AttemptNote", "Category", "Channel", "Inquiry", "Outcome", "Reply", "Thresholds"]

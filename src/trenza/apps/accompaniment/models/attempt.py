from collections.abc import Mapping
from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, SENSITIVE, Privacy

LONGEST_NOTE: Final = 500


class Channel(models.TextChoices):
    """How somebody tried to reach her."""

    CALL = "call", _("I called her")
    WHATSAPP = "whatsapp", _("I wrote by WhatsApp")
    SMS = "sms", _("I sent an SMS")
    VISIT = "visit", _("In person")
    MESSAGE = "message", _("Another message")


class Outcome(models.TextChoices):
    """What came of it."""

    REACHED = "reached", _("We talked")
    NO_ANSWER = "no_answer", _("She did not answer")
    LEFT_MESSAGE = "left_message", _("I left a message")
    CALL_BACK = "call_back", _("I will call her on another day")
    WRONG_NUMBER = "wrong_number", _("That is not her number")
    NOT_AGAIN = "not_again", pgettext_lazy("contact attempt", "She asks not to be called")


class Attempt(models.Model):
    """Somebody tried to reach her (see projections.py). It is named by its entry."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("device", "sequence", "person", "edition", "by"), PLAIN),
        **dict.fromkeys(("channel", "outcome", "call_back_on", "moment"), PERSONAL),
    }

    pk = models.CompositePrimaryKey("device", "sequence")
    device = UUIDField()
    sequence = models.BigIntegerField()
    person = UUIDField()
    edition = UUIDField(null=True)
    by = UUIDField(null=True)
    channel = models.CharField(max_length=10, choices=Channel)
    outcome = models.CharField(max_length=12, choices=Outcome)
    call_back_on = models.DateField(null=True)
    moment = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "moment"], name="attempt_person_moment")]


class AttemptNote(Model):
    """What whoever tried to reach her wrote down, beside the attempt of this device and sequence. It is about her:
    shown to who accompanies her, given to her with her data, and erased with them."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "device": PLAIN, "sequence": PLAIN, "person": PLAIN, "text": SENSITIVE
    }  # fmt: skip

    device = UUIDField()
    sequence = models.BigIntegerField()
    person = UUIDField(db_index=True)
    text = models.CharField(max_length=LONGEST_NOTE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "sequence"], name="attemptnote_once")]

from collections.abc import Mapping
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trenza.core.fields import FoldedField, UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy

LONGEST_TEXT: Final = 2_000
LONGEST_TITLE: Final = 200


class Category(models.TextChoices):
    """What a trainer needs help with."""

    PLATFORM = "platform", _("A page that does not work")
    ACCESS = "access", _("Somebody cannot come in")
    DEVICE = "device", _("Phones, computers and internet")
    CONTENT = "content", _("Lessons and exams")
    SESSIONS = "sessions", _("Sessions and lists")
    OTHER = "other", _("Something else")


class Inquiry(Model):
    """What a trainer asked the team, with the edition that it is about; it may name a session and a centre. It is
    blank once she who asked is erased."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("edition", "session", "centre", "category", "asked_by", "asked_at"), PLAIN),
        "text": PERSONAL,
    }

    edition = models.ForeignKey("programmes.Edition", on_delete=models.PROTECT, related_name="inquiries")
    session = models.ForeignKey(
        "trenza_sessions.Session", on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries"
    )
    centre = UUIDField(null=True, blank=True)
    category = models.CharField(max_length=10, choices=Category)
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="inquiries")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=["platform", "access", "device", "content", "sessions", "other"]),
                name="inquiry_category_known",
            ),
        ]
        indexes = [models.Index(fields=["asked_at", "id"], name="inquiry_order")]

    def __str__(self) -> str:
        return f"inquiry {self.pk}"  # no words of hers: this text ends in logs


class Reply(Model):
    """An answer of the team; all are kept. `findable_as` is the question in a sentence without names, under which
    other trainers find the answer; blank, it is for her alone who asked."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("inquiry", "findable_as", "search_text", "by", "at"), PLAIN),
        "text": PERSONAL,
    }

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="replies")
    text = models.CharField(max_length=LONGEST_TEXT)
    findable_as = models.CharField(max_length=LONGEST_TITLE, blank=True)
    search_text = FoldedField(of=("findable_as", "text"), max_length=LONGEST_TITLE + LONGEST_TEXT + 1)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["inquiry", "at"], name="reply_inquiry_at")]

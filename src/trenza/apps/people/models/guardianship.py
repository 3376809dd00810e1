from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trenza.apps.people.models.person import Person
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class Guardianship(Model):
    """An adult who looks after a minor and agrees for her. She needs no account; we keep no document of hers.

    `state` is the state of the newest step. Agreeing by a link is *agreed*; only what the team has *checked* counts,
    until `expires_on`. Her contact is forgotten as soon as the guardianship has ended.
    """

    class Relation(models.TextChoices):
        MOTHER = "mother", _("Mother")
        FATHER = "father", _("Father")
        GRANDPARENT = "grandparent", _("Grandmother or grandfather")
        SIBLING = "sibling", _("Sister or brother of age")
        LEGAL_GUARDIAN = "legal_guardian", _("Legal guardian")
        OTHER = "other", _("Another adult who looks after her")

    class State(models.TextChoices):
        ASKED = "asked"
        AGREED = "agreed"
        CHECKED = "checked"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        REPLACED = "replaced"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "person": PLAIN,
        "name": PERSONAL,
        "relation": PERSONAL,
        "email": PERSONAL,
        "phone": PERSONAL,
        "state": PLAIN,
        "links": PLAIN,
        "expires_on": PERSONAL,
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guardianships")
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=14, choices=Relation.choices)
    email = models.EmailField(blank=True)
    # As it was typed, for the team to dial.
    phone = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    # How many links were sent; only the newest one works.
    links = models.PositiveSmallIntegerField(default=0)
    # The first day on which it no longer counts; set when it is checked.
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "agreed", "checked", "refused", "withdrawn", "replaced"]),
                name="people_guardianship_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="checked") | Q(expires_on__isnull=False),
                name="people_guardianship_checked_until",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "agreed", "checked"]) | Q(email="", phone=""),
                name="people_guardianship_contact_is_forgotten",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["asked", "agreed", "checked"]),
                name="people_guardianship_stands_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_on"], name="people_guardianship_expiry")]

    def __str__(self) -> str:
        return f"guardianship {self.pk}"

    def counts_on(self, day: date) -> bool:
        """Whether it opens on this day what a minor may not do alone."""
        return self.state == self.State.CHECKED and self.expires_on is not None and day < self.expires_on


class GuardianshipStep(Model):
    """What happened with a guardianship: who did it and when. The guardian herself has no account: `by` is empty."""

    class Check(models.TextChoices):
        IN_PERSON = "in_person", _("In person, and she showed an identity document")
        VIDEO_CALL = "video_call", _("By video call")
        SIGNED_PAPER = "signed_paper", _("A signed paper was seen")
        SCHOOL_LETTER = "school_letter", _("A letter of the school was seen")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "guardianship": PLAIN,
        "state": PLAIN,
        "check_made": PLAIN,
        "at": PLAIN,
        "by": PLAIN,
    }

    guardianship = models.ForeignKey(Guardianship, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=9, choices=Guardianship.State.choices)
    # How it was checked; blank for every other step.
    check_made = models.CharField(max_length=13, choices=Check.choices, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "agreed", "checked", "refused", "withdrawn", "replaced"]),
                name="people_guardianship_step_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="checked", check_made__in=["in_person", "video_call", "signed_paper", "school_letter"]
                )
                | (~Q(state="checked") & Q(check_made="")),
                name="people_guardianship_step_says_how",
            ),
        ]

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from trenza.apps.people.models.person import Person
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


def normal_email(email: str) -> str:
    """The one spelling under which an address is kept and looked for."""
    return email.strip().lower()


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by `register_person`; there is no create_user."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=normal_email(username or ""))


class Account(Model, AbstractBaseUser, PermissionsMixin):
    """A way to sign in: an e-mail address, a phone number or both; with neither, a card or a profile on a phone.

    A person may have several accounts, and sisters may share a phone: only the address is unique. Nobody has a
    password or is a superuser: what she may do follows from her role grants (backends.py).
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "person": PLAIN,
        "email": PERSONAL,
        "phone": PERSONAL,
        "is_active": PLAIN,
        "created_at": PLAIN,
        "last_login": PERSONAL,
        "password": PLAIN,
        "is_superuser": PLAIN,
        "groups": PLAIN,
        "user_permissions": PLAIN,
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="accounts")
    # In small letters. None rather than blank, so that accounts without an address do not collide.
    email = models.EmailField(unique=True, null=True, blank=True)
    # E.164, e.g. +59171234567.
    phone = models.CharField(max_length=16, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(editable=False)

    # Set by CardSessions while a request lasts.
    in_card_session = False
    in_phone_session = False

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=True) | models.Q(email=Lower("email")),
                name="people_account_email_is_lower_case",
            ),
            models.CheckConstraint(condition=~models.Q(email=""), name="people_account_email_is_none_or_some"),
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="people_account_is_no_superuser"),
        ]

    def __str__(self) -> str:
        # The id, not the address: this text ends in logs, tracebacks and audit trails.
        return f"account {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As `tidy` has it."""
        self.tidy()
        super().save(*args, **kwargs)

    def tidy(self) -> None:
        """The address in its one spelling, and no usable password: before every writing (`core.bulk` asks too)."""
        self.email = normal_email(self.email) if self.email else None
        if not self.password:
            self.set_unusable_password()

    def get_full_name(self) -> str:
        """Shown by the office's admin."""
        return self.person.name

    @property
    def first_name(self) -> str:
        """Shown by the menu of the office's admin, which would show the address otherwise."""
        return self.person.given_name

    def get_short_name(self) -> str:
        """Shown by the office's admin."""
        return self.person.given_name

"""Sessions and permissions in Django's terms, from accounts and role grants."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser

from trenza.apps.people.models import Account
from trenza.apps.people.roles import Permission
from trenza.apps.people.scopes import scopes_with

# What Wagtail asks Django for. What the office shows of each row, rules decide.
DJANGO_PERMISSIONS: Mapping[Permission, str] = {Permission.OFFICE_ENTER: "wagtailadmin.access_admin"}


class RoleBackend(BaseBackend):
    """Knows no password: `authenticate` stays Django's refusal, and allauth signs in by code.

    Permissions follow the role grants of the moment; a role withdrawn is gone with the next request.
    """

    def get_user(self, user_id: UUID) -> Account | None:
        """The account of a session, as long as it is active."""
        return Account.objects.select_related("person").filter(pk=user_id, is_active=True).first()

    def get_user_permissions(self, user_obj: Account | AnonymousUser, obj: Any = None) -> set[str]:
        """Django permissions of her roles; none in the session of a card or of a phone, and none for a single
        object: rules answer that."""
        if obj is not None or not isinstance(user_obj, Account) or not user_obj.is_active:
            return set()
        if user_obj.in_card_session or user_obj.in_phone_session:
            return set()
        return {name for permission, name in DJANGO_PERMISSIONS.items() if scopes_with(user_obj.person, permission)}

"""What others ask about people."""

from trenza.apps.people.models import Account
from trenza.apps.people.models.account import normal_email


def account_for(email: str) -> Account | None:
    """The account that may sign in with this address, in any spelling."""
    return Account.objects.select_related("person").filter(email=normal_email(email), is_active=True).first()

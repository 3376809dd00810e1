"""Cards to hand out in a session to whoever walks in, printed before anybody knows for whom."""

from trenza.apps.people.api import NewBlankCard, Person, print_blank_cards, revoke_blank_cards
from trenza.apps.sessions import rules
from trenza.apps.sessions.models import Session
from trenza.core.journal import action


@action
def print_cards(*, session: Session, count: int, by: Person) -> list[NewBlankCard]:
    """So many cards for this session; their secrets are told this once.

    Raises:
        NotAllowed: `by` does not keep this session.
        TooManyCards: too many of this session wait already.
        ValueError: more at once than MOST_AT_ONCE, or none.
    """
    rules.kept_sessions.require(by, session)
    return print_blank_cards(batch=session.pk, count=count, by=by)


@action
def revoke_cards(*, session: Session, by: Person) -> int:
    """Take back those of this session that nobody has claimed; how many they were.

    Raises:
        NotAllowed: `by` does not keep this session.
    """
    rules.kept_sessions.require(by, session)
    return revoke_blank_cards(batch=session.pk, by=by)

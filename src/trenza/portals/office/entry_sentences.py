"""What entries about PINs, cards, phones and other records of hers say: whoever reads the person may read them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def _pin(event: Any) -> str:
    return _("Was given a PIN to start with.") if event.temporary else _("Chose a PIN.")


def _card(event: Any) -> str:
    return _("A card was made for her, until %(day)s.") % {"day": date_format(event.expires_on, "SHORT_DATE_FORMAT")}


ENTRY: Final[Mapping[str, Callable[[Any], str]]] = {
    "people.pin_set.v1": _pin,
    "people.card_made.v1": _card,
    "people.card_revoked.v1": lambda event: _("A card of hers was taken back."),
    "people.blank_cards_printed.v1": lambda event: _("Cards for a session were printed: %(n)s.") % {"n": event.count},
    "people.blank_cards_revoked.v1": lambda event: _("Printed cards were taken back: %(n)s.") % {"n": event.count},
    "people.blank_card_given.v1": lambda event: _("She was handed a card at the door."),
    "people.blank_card_claimed.v1": lambda event: _("She came in for the first time with the card from the door."),
    "sessions.calendar_feed_made.v1": lambda event: _("She made an address for her calendar."),
    "sessions.calendar_feed_ended.v1": lambda event: _("She ended the address of her calendar."),
    "people.household_joined.v1": lambda event: _("Is in a family that takes part together."),
    "people.household_left.v1": lambda event: _("Left the family with which she took part."),
    "people.persons_merged.v1": lambda event: _("Another record of hers was found, and both were made one."),
    "people.merge_undone.v1": lambda event: _("Two records that had been made one are two again."),
    "people.persons_told_apart.v1": lambda event: _("Somebody decided that she and another are two persons."),
    "people.device_registered.v1": lambda event: _("Her learning is kept on one more phone."),
    "people.device_revoked.v1": lambda event: _("A phone of hers lost its access."),
}

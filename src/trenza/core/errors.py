"""The errors that actions raise on purpose."""


class DomainError(Exception):
    """An action cannot act. Subclasses say why; a portal turns them into words."""


class NotAllowed(DomainError):
    """The person may not do this to this; a portal answers as if it did not exist."""


class NotTheAuthority(DomainError):
    """This is decided at the cell alone, and here is a hub; a portal says that it needs internet."""

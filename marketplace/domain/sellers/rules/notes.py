"""What a note of staff about a seller may say, and who may change it."""

from marketplace.domain.sellers.models import SellerNote
from marketplace.kit.errors import DomainError, Invalid
from marketplace.kit.languages import N_

LONGEST = 2000
AT_ONCE = 20
"""How many stand on one page."""

EMPTY = N_("Write what colleagues should know.")
TOO_LONG = N_("This text is too long.")


class NotYourNote(DomainError):
    status = 403
    message = N_("Only who wrote the note can change or delete it.")


def cleaned(text: str, *, field: str = "text") -> str:
    """The note as it is kept. Raises `Invalid` for an empty or too long one, at `field`."""
    text = text.strip()
    if not text:
        raise Invalid({field: EMPTY})
    if len(text) > LONGEST:
        raise Invalid({field: TOO_LONG})
    return text


def require_own(note: SellerNote, person_id: str) -> None:
    """Raises `NotYourNote`."""
    if note.written_by != person_id:
        raise NotYourNote

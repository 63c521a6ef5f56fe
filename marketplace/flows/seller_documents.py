"""The daily look at a seller's documents, with what orders know of their turnover."""

from datetime import datetime

from sqlmodel import Session

from marketplace.domain.sellers.service import documents
from marketplace.domain.sellers.service.documents import FactsOf

FACTS: FactsOf | None = None
"""Orders and turnover of a seller in the last 365 days; None until somebody can tell them.
Then requirements with a condition begin to apply to shops that have grown."""


def keep_documents(session: Session, seller_id: str, *, at: datetime) -> dict[str, int]:
    """Remind, let end, switch off and on; returns how often each. Safe to repeat."""
    return documents.perform_due_of(session, seller_id, at=at, facts=FACTS)

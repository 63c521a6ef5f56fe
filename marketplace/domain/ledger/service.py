"""What can be done with the books: today, open a seller's accounts."""

from datetime import datetime

from sqlmodel import Session

from marketplace.domain.ledger.models import AccountCode, LedgerAccount
from marketplace.kit.ids import new_id


def open_seller_accounts(
    session: Session, seller_id: str, currency: str, *, at: datetime
) -> dict[AccountCode, str]:
    """One account of each code for a new seller. Returns their ids by code."""
    accounts = {
        code: LedgerAccount(
            id=new_id("acc"), code=code, seller_id=seller_id, currency=currency, created_at=at
        )
        for code in AccountCode
    }
    session.add_all(accounts.values())
    session.flush()
    return {code: account.id for code, account in accounts.items()}

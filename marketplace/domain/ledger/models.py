"""Accounts of the books. Postings and journals join them with the money they move."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import UtcDateTime, stored


class AccountCode(StrEnum):
    """The accounts every seller has (reference/money.md 3)."""

    SELLER_PAYABLE = "seller_payable"
    SELLER_RESERVE = "seller_reserve"
    SELLER_IN_TRANSIT = "seller_in_transit"


class LedgerAccount(SQLModel, table=True):
    """One account; its balance is the sum of its postings and stands nowhere else."""

    __tablename__ = "ledger_account"
    __table_args__ = (UniqueConstraint("code", "seller_id", "currency", name="uq_ledger_account"),)

    id: str = Field(primary_key=True, max_length=40)
    code: AccountCode = Field(sa_column=Column(stored(AccountCode), nullable=False))
    seller_id: str = Field(max_length=40)
    currency: str = Field(max_length=3)
    created_at: datetime = Field(sa_type=UtcDateTime)

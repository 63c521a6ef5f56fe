"""Imports every table, for Alembic and the tests."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from marketplace.domain.accounts import models as accounts
from marketplace.domain.audit import models as audit
from marketplace.domain.jobs import models as jobs
from marketplace.domain.notifications import models as notifications
from marketplace.domain.outbox import models as outbox
from marketplace.domain.sellers import models as sellers

__all__ = ["accounts", "audit", "jobs", "notifications", "outbox", "sellers"]

metadata: MetaData = SQLModel.metadata

"""Imports every table, for Alembic and the tests."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from marketplace.domain.accounts import models as accounts
from marketplace.domain.audit import models as audit
from marketplace.domain.cart import models as cart
from marketplace.domain.catalog import models as catalog
from marketplace.domain.imports import models as imports
from marketplace.domain.inventory import models as inventory
from marketplace.domain.jobs import models as jobs
from marketplace.domain.ledger import models as ledger
from marketplace.domain.media import models as media
from marketplace.domain.moderation import models as moderation
from marketplace.domain.moves import models as moves
from marketplace.domain.notifications import models as notifications
from marketplace.domain.outbox import models as outbox
from marketplace.domain.search import models as search
from marketplace.domain.sellers import models as sellers

__all__ = [
    "accounts",
    "audit",
    "cart",
    "catalog",
    "imports",
    "inventory",
    "jobs",
    "ledger",
    "media",
    "moderation",
    "moves",
    "notifications",
    "outbox",
    "search",
    "sellers",
]

metadata: MetaData = SQLModel.metadata

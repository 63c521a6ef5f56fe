"""The first look at an uploaded table: whose columns they are, and how they will be read."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.imports import queries, service
from marketplace.domain.media import queries as media
from marketplace.domain.media.models import Purpose
from marketplace.flows.import_products.sheet import columns_of
from marketplace.flows.product_tables.columns import BY_KEY, IGNORE, UNKNOWN, dialect_of, mapped
from marketplace.flows.product_tables.labels import chosen_fields
from marketplace.kit.tables import Table

KEEP = "keep"
"""What the form sends for a column that no field of ours is chosen for."""


def begin(
    session: Session, member: SellerMember, media_id: str, name: str, table: Table, *, at: datetime
) -> str:
    """Note the file with its columns mapped: as the shop read the same header last time, or by
    their names. Returns the import's id. Raises `NotFound` for a file of somebody else."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    media.require_owned(session, member, [media_id], Purpose.TABLE)
    header = list(table.header)
    saved = queries.saved_mapping(session, member, header)
    return service.begin(
        session,
        member,
        media_id,
        name=name,
        dialect=dialect_of(header),
        header=header,
        samples=[_sample(table, at_) for at_ in range(len(header))],
        columns={**mapped(header), **saved},
        rows=len(table.rows),
        at=at,
    )


def read_as(
    session: Session, member: SellerMember, run_id: str, keys: Sequence[str], *, at: datetime
) -> str:
    """Map the columns, in their order, and queue the check. `keep` keeps a column under its name;
    a key nobody knows leaves it out. Raises `NotFound`, `Invalid`, `AlreadyRunning`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    run = queries.own_run(session, member, run_id)
    mapping = dict(run.columns)
    for name, key in zip(run.header, keys, strict=False):
        mapping[name] = _known(name, key)
    columns_of(Table(tuple(run.header), ()), mapping)
    return service.read_as(session, member, run_id, mapping, at=at)


def _known(name: str, key: str) -> str:
    """A column that is only kept has a key of its own in the dialect it comes from."""
    automatic = mapped([name])[name]
    if key in BY_KEY or key == automatic:
        return key
    if key != KEEP:
        return IGNORE
    is_only_kept = automatic not in dict(chosen_fields())
    return automatic if is_only_kept else UNKNOWN + name


def _sample(table: Table, place: int) -> str:
    return next((row.cells[place] for row in table.rows if row.cells[place].strip()), "")

"""Works off deeds for many listings, fifty in a transaction."""

from collections.abc import Sequence

from marketplace import db
from marketplace.flows.bulk_listings import task as bulk
from marketplace.flows.bulk_listings.deeds import RefusedRow
from marketplace.flows.bulk_listings.told import refused_table
from marketplace.integrations import storage
from marketplace.jobs.import_pictures import member_of
from marketplace.jobs.tasks import Step, Work
from marketplace.kit import clock
from marketplace.kit.languages import Locale


def change_many(step: Step) -> None:
    """Goes on where an attempt before it stopped: a price is not raised twice."""
    member, what = member_of(step), dict(step.task.parameters)
    while what["next"] < len(what["ids"]):
        what |= db.call(bulk.do_part, step.worker, member, step.task.id, what, at=clock.now())
    refused = bulk.refused_rows(what)
    key = _written(step, refused, member.locale) if refused else ""
    db.call(bulk.record, step.worker, member, step.task.id, what, key=key, at=clock.now())


def _written(step: Step, refused: Sequence[RefusedRow], locale: Locale) -> str:
    key = f"private/bulk/{step.task.id}.csv"
    storage().write(key, refused_table(refused, locale))
    return key


WORK: dict[str, Work] = {bulk.KIND: change_many}

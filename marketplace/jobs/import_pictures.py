"""Fetches the pictures an imported table names by address, after the import itself is done."""

import json
from collections.abc import Callable, Sequence

from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import SellerMember
from marketplace.domain.imports import queries
from marketplace.domain.jobs import service as jobs
from marketplace.domain.notifications import service as notifications
from marketplace.flows import export_table
from marketplace.flows.import_products import saving
from marketplace.integrations import fetcher, storage
from marketplace.jobs.media import bring_in
from marketplace.jobs.tasks import Step
from marketplace.kit import clock, csv
from marketplace.kit.errors import DomainError, NotAllowed
from marketplace.kit.languages import N_, translate
from marketplace.ports import FetchRefused

PAGE = "/seller/listings/import"
MOST_PICTURE = 10_000_000
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp")
HEADER = (N_("Row"), N_("Handle"), N_("Address"), N_("Result"))
HERE = N_("Here")

Wanted = tuple[int, str, str]
"""Row of the table, handle of the product, address of the picture."""
Became = tuple[int, str, str, str]
"""The same, and what became of it as a message id."""


def keep(run_id: str, wanted: Sequence[Wanted]) -> None:
    """For the task that fetches them; it may be asked for again until it is done."""
    storage().write(_key(run_id), [json.dumps(wanted, ensure_ascii=False).encode()])


def fetch_pictures(step: Step) -> None:
    """Fetch each address once, hang what came, and tell of each row what became of it."""
    member = member_of(step)
    run_id = str(step.task.parameters["import"])
    with storage().open(_key(run_id)) as file:
        wanted: list[Wanted] = [tuple(each) for each in json.load(file)]
    step.report(0, len(wanted))
    rows = hang_all(member, wanted, tell=step.report)
    header = [translate(member.locale, title) for title in HEADER]
    shown = [(*row[:3], translate(member.locale, row[3])) for row in rows]
    key = f"private/imports/{step.task.id}.csv"
    storage().write(key, csv.encoded(header, shown))
    db.call(_fetched, step, member, len(rows), key)
    storage().delete(_key(run_id))


def hang_all(
    member: SellerMember,
    wanted: Sequence[Wanted],
    *,
    tell: Callable[[int, int], None],
    keeper: SellerMember | None = None,
) -> list[Became]:
    """One answer per address. A picture that is refused stops no other. `keeper` is the member
    whose files they become, where `member` is nobody with an account."""
    fetched: dict[str, str] = {}
    rows: list[Became] = []
    for row, handle, url in wanted:
        rows.append((row, handle, url, _hang(member, keeper or member, handle, url, fetched)))
        tell(len(rows), len(wanted))
    return rows


def member_of(step: Step) -> SellerMember:
    """With the rights they have now."""
    owner = db.call_reading(export_table.owner_of, step.task)
    if not isinstance(owner, SellerMember):
        raise NotAllowed
    return owner


def _hang(
    member: SellerMember, keeper: SellerMember, handle: str, url: str, fetched: dict[str, str]
) -> str:
    try:
        if url not in fetched:
            got = fetcher().fetch(url, most_bytes=MOST_PICTURE, content_types=PICTURE_TYPES)
            name = url.rpartition("/")[2].partition("?")[0][:200]
            fetched[url] = bring_in(keeper, got.content, name=name, content_type=got.content_type)
        is_hung = db.call(saving.hang_picture, member, handle, url, fetched[url], at=clock.now())
    except FetchRefused as refused:
        return str(refused)
    except DomainError as refused:
        return next(iter(getattr(refused, "fields", {}).values()), refused.message)
    return HERE if is_hung else N_("No longer wanted")


def _fetched(session: Session, step: Step, member: SellerMember, done: int, key: str) -> None:
    at = clock.now()
    jobs.finish_task(
        session, step.worker, step.task.id, at=at, done=done, result_key=key,
        result_name=f"pictures-{at:%Y-%m-%d}.csv",
    )  # fmt: skip
    run_id = str(step.task.parameters["import"])
    view = queries.run_view(session, member, run_id)
    notifications.notify(
        session, member.id, "task", N_("The pictures of {file} are done."), at=at,
        link=f"{PAGE}?run={run_id}", file=view.row.name,
    )  # fmt: skip


def _key(run_id: str) -> str:
    return f"private/imports/{run_id}.pictures.json"

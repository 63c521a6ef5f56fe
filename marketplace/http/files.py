"""Files people asked for: the results of their own tasks, and nobody else's."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from marketplace import db
from marketplace.domain.access.models import Actor
from marketplace.domain.audit import service as audit
from marketplace.domain.jobs import queries
from marketplace.domain.jobs.queries import ResultFile
from marketplace.http.visitor import visitor_of
from marketplace.integrations import storage
from marketplace.kit import clock
from marketplace.kit.errors import NotFound, OnlyLooking

CHUNK = 64 * 1024
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def download(request: Request) -> Response:
    """The file of one's own finished task, as an attachment; 404 for anything else."""
    visitor = await visitor_of(request)
    if visitor.viewing:
        raise OnlyLooking
    found = await db.run(_take, visitor.own_hats, request.path_params["task_id"])
    try:
        file = await run_in_threadpool(storage().open, found.key)
    except FileNotFoundError:
        raise NotFound from None

    def chunks() -> Iterator[bytes]:
        with file:
            while chunk := file.read(CHUNK):
                yield chunk

    return StreamingResponse(
        chunks(),
        media_type=XLSX if found.name.endswith(".xlsx") else CSV,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


routes: list[BaseRoute] = [Route("/files/{task_id}", download)]


def _take(session: Session, hats: Sequence[Actor], task_id: str) -> ResultFile:
    """In whichever of their hats they asked for it; every download is in the audit log."""
    for hat in hats:
        try:
            found = queries.result_file(session, hat, task_id, at=clock.now())
        except NotFound:
            continue
        audit.record(session, hat, "exports.downloaded", "task", task_id, at=clock.now())
        return found
    raise NotFound

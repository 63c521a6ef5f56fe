"""Checks files that arrived, brings in those our own jobs fetched, and collects orphans."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Actor
from marketplace.domain.media import queries, rules, service
from marketplace.domain.media.models import Purpose
from marketplace.domain.media.queries import Work
from marketplace.domain.media.service import Findings
from marketplace.integrations import pictures, storage
from marketplace.integrations.pictures import FileRefused, Made
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_

WEBP = "image/webp"
NOTHING_ARRIVED = N_("The file did not arrive. Please upload it again.")
TOO_LARGE = N_("The file is larger than it said.")
BROKEN = N_("We could not check this file. Please upload it again.")


@dataclass
class Processing:
    """One file on its way through the outbox; `findings` or `refusal` is set by `perform`."""

    work: Work
    findings: Findings | None = None
    refusal: str = ""


def prepare(session: Session, payload: dict[str, Any]) -> Processing | None:
    work = queries.work_on(session, str(payload["media_id"]))
    return Processing(work) if work else None


def perform(processing: Processing) -> None:
    """Check the file in a process of its own and write its public forms; repeating is harmless."""
    work = processing.work
    try:
        content = _content(work)
        made = pictures.examine(work.purpose.value, content)
    except FileRefused as refused:
        processing.refusal = str(refused)
        return
    _write_forms(work, made, content)
    processing.findings = Findings(
        made.content_type,
        made.size,
        made.sha256,
        made.width,
        made.height,
        made.widths,
        made.fingerprint,
        made.colour,
    )


def record(session: Session, processing: Processing) -> None:
    media_id, at = processing.work.media_id, clock.now()
    if processing.findings:
        service.accept(session, media_id, processing.findings, at=at)
    else:
        service.refuse(session, media_id, processing.refusal, at=at)


def give_up(session: Session, payload: dict[str, Any], _reason: str) -> None:
    service.refuse(session, str(payload["media_id"]), BROKEN, at=clock.now())


def bring_in(
    actor: Actor,
    data: bytes,
    *,
    name: str,
    content_type: str,
    purpose: Purpose = Purpose.PICTURE,
) -> str:
    """Take in a file one of our jobs has at hand: checked at once. Returns its id.

    Raises `Invalid` with the reason under no field, `NotAllowed`, `WrongType`.
    """
    permit = db.call(
        service.begin, actor, purpose, name=name, content_type=content_type, at=clock.now()
    )
    storage().write(permit.key, [data], content_type)
    db.call(service.arrived, actor, permit.media_id, at=clock.now())
    processing = db.call_reading(prepare, {"media_id": permit.media_id})
    if processing:  # unless a worker was quicker
        perform(processing)
        db.call(record, processing)
    row = db.call_reading(queries.own_picture, actor, permit.media_id)
    if row.refusal:
        raise Invalid({"": row.refusal})
    return row.id


def collect_orphans(_worker: str) -> dict[str, int]:
    """Batch after batch, each in a transaction of its own."""
    total = 0
    while gone := db.call(service.collect_orphans, at=clock.now()):
        total += gone
    return {"files": total}


def _content(work: Work) -> bytes:
    """The whole file; the object store and our own route have limited it, this counts again."""
    key, most = rules.incoming_key(work.token), rules.LIMITS[work.purpose].most_bytes
    try:
        with storage().open(key) as file:
            content = file.read(most + 1)
    except FileNotFoundError:
        raise FileRefused(NOTHING_ARRIVED) from None
    if len(content) > most:
        raise FileRefused(TOO_LARGE)
    return content


def _write_forms(work: Work, made: Made, content: bytes) -> None:
    """`content` is what was examined: what lies in the store may be another file by now, for a
    permit to upload is good for a quarter of an hour."""
    if work.purpose is Purpose.PICTURE:
        for width, form in (made.forms or {}).items():
            storage().write(rules.public_key(work.token, width), [form], WEBP)
    elif work.purpose is Purpose.DOCUMENT:
        form = next(iter((made.forms or {}).values()), None) or content
        storage().write(rules.document_key(work.owner_id, work.token), [form], made.content_type)

"""What can be asked about files: how to show them, whose they are, and where they lie."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlmodel import Session, col, func, or_, select

from marketplace.domain.access.models import (
    Actor,
    Permission,
    Person,
    SellerMember,
    Staff,
    System,
)
from marketplace.domain.media import rules
from marketplace.domain.media.models import Media, MediaStatus, MediaUse, Purpose
from marketplace.kit.errors import NotFound
from marketplace.settings import settings

LISTING_KINDS = ("listing", "listing_version", "change_set")
"""Owners of uses that are listings, in one form or another."""


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture as pages show it; the addresses are empty until it is ready."""

    id: str
    name: str
    status: str
    refusal: str = ""
    url_160: str = ""
    url_480: str = ""
    url_960: str = ""
    url_1600: str = ""
    width: int = 0
    height: int = 0
    colour: str = ""


@dataclass(frozen=True, slots=True)
class GalleryPicture:
    """A picture of a gallery, with what its seller says about it."""

    id: str
    url: str = ""
    url_960: str = ""
    alt: str = ""
    alt_zh: str = ""
    focal_x: int = 50
    focal_y: int = 50
    status: str = "ready"
    refusal: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class DropFile:
    """The one file of a drop zone; a document has no address, it is read through `/files`."""

    id: str = ""
    name: str = ""
    url: str = ""
    status: str = ""
    refusal: str = ""
    size: int = 0
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A private file its reader has been allowed: for the edge that opens the storage."""

    key: str
    name: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker needs to know to check one file that arrived."""

    media_id: str
    purpose: Purpose
    token: str
    owner_id: str
    content_type: str
    """As the uploader said."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Another picture with the same bytes, or one that looks the same."""

    id: str
    seller_id: str
    is_same_file: bool


class Shown(Protocol):
    """A picture within a listing's content."""

    id: str
    alt: str
    alt_zh: str
    focal_x: int
    focal_y: int


def pictures(session: Session, ids: Iterable[str]) -> dict[str, PictureRow]:
    """Public pictures by id; what is unknown or private is left out."""
    return {
        row.id: _picture_row(row) for row in _rows(session, ids) if row.purpose is Purpose.PICTURE
    }


def picture_url(session: Session, media_id: str, width: int = 480) -> str:
    """Empty unless there is such a picture and it is ready."""
    row = session.get(Media, media_id) if media_id else None
    return url(row, width) if row else ""


def url(row: Media, width: int) -> str:
    """The public address of a ready picture, at least `width` wide where the original was."""
    if row.purpose is not Purpose.PICTURE or row.status is not MediaStatus.READY:
        return ""
    return f"{public_base()}/{row.token}/{rules.nearest_width(row.widths, width)}.webp"


def public_base() -> str:
    """Where public pictures are: our own route, or the operator's CDN or bucket."""
    return settings().media_url or "/media"


def gallery_rows(session: Session, shown: Sequence[Shown]) -> list[GalleryPicture]:
    """The pictures of a content, in its order; one that is gone keeps its place, without a face."""
    found = pictures(session, (each.id for each in shown))
    gone = PictureRow("", "", "gone")
    return [
        GalleryPicture(
            each.id,
            row.url_480,
            row.url_960,
            each.alt,
            each.alt_zh,
            each.focal_x,
            each.focal_y,
            row.status,
            row.refusal,
            row.name,
        )
        for each in shown
        for row in (found.get(each.id, gone),)
    ]


def drop_file(session: Session, media_id: str) -> DropFile:
    return drop_files(session, [media_id]).get(media_id, DropFile())


def drop_files(session: Session, ids: Iterable[str]) -> dict[str, DropFile]:
    return {
        row.id: DropFile(
            row.id,
            row.name,
            url(row, 480),
            row.status.value,
            row.refusal,
            row.size,
            row.content_type,
        )
        for row in _rows(session, ids)
    }


def own_picture(session: Session, actor: Actor, media_id: str) -> PictureRow:
    """How the actor's own file is doing, whatever it is. Raises `NotFound`."""
    return _picture_row(owned(session, actor, media_id))


def owned(session: Session, actor: Actor, media_id: str) -> Media:
    """Raises `NotFound`, for what does not exist and for what is somebody else's alike."""
    row = session.get(Media, media_id)
    if row is None or not is_owner(actor, row):
        raise NotFound
    return row


def require_owned(
    session: Session, actor: Actor, media_ids: Iterable[str], purpose: Purpose | None = None
) -> None:
    """Every one of these is the actor's own, and for this purpose. Raises `NotFound`."""
    wanted = {media_id for media_id in media_ids if media_id}
    found = [
        row
        for row in _rows(session, wanted)
        if is_owner(actor, row) and purpose in (None, row.purpose)
    ]
    if len(found) != len(wanted):
        raise NotFound


def is_owner(actor: Actor, row: Media) -> bool:
    """A file given for a shop is the shop's; any other is the person's who gave it."""
    match actor:
        case System():
            return True
        case SellerMember():
            return bool(row.seller_id) and row.seller_id == actor.seller_id
        case Person() | Staff():
            return not row.seller_id and row.person_id == actor.id
        case _:
            return False


def readiness(session: Session, ids: Iterable[str]) -> dict[str, MediaStatus]:
    return {row.id: row.status for row in _rows(session, ids)}


def readable_document(session: Session, actor: Actor, media_id: str) -> Media:
    """A document this actor may read (SEC-38). Raises `NotFound`: nobody learns that it exists."""
    row = session.get(Media, media_id)
    if (
        row is None
        or row.purpose is not Purpose.DOCUMENT
        or row.status is not MediaStatus.READY
        or not _may_read(session, actor, row)
    ):
        raise NotFound
    return row


def file_for(session: Session, actor: Actor, media_id: str) -> StoredFile:
    """The actor's own table, to be imported. Raises `NotFound`."""
    row = owned(session, actor, media_id)
    if row.purpose is not Purpose.TABLE or row.status is not MediaStatus.READY:
        raise NotFound
    return stored_file(row)


def stored_file(row: Media) -> StoredFile:
    key = (
        rules.document_key(owner_of(row), row.token)
        if row.purpose is Purpose.DOCUMENT
        else rules.incoming_key(row.token)
    )
    return StoredFile(key, _fitting_name(row), row.content_type, row.size)


def _fitting_name(row: Media) -> str:
    """A photo of a paper was encoded again: its name says so, whatever it was called."""
    stem, dot, _ending = row.name.rpartition(".")
    is_encoded = row.purpose is Purpose.DOCUMENT and row.content_type == "image/webp"
    return f"{stem if dot else row.name}.webp" if is_encoded else row.name


def owner_of(row: Media) -> str:
    """Whose folder a private file lies in: that of whoever gave it, for ever."""
    return row.person_id


def work_on(session: Session, media_id: str) -> Work | None:
    """None when there is nothing left to check."""
    row = session.get(Media, media_id)
    if row is None or row.status is not MediaStatus.CHECKING:
        return None
    return Work(row.id, row.purpose, row.token, owner_of(row), row.content_type)


def permitted(session: Session, actor: Actor, key: str) -> Media:
    """The permit under which the actor may send a file to `key`, once. Raises `NotFound`."""
    row = session.exec(select(Media).where(Media.token == key.rpartition("/")[2])).first()
    if (
        row is None
        or row.person_id != actor.id
        or rules.incoming_key(row.token) != key
        or row.status is not MediaStatus.WAITING
    ):
        raise NotFound
    return row


def begun_since(session: Session, person_id: str, moment: datetime) -> int:
    """How many uploads a person began after `moment`."""
    return session.exec(
        select(func.count())
        .select_from(Media)
        .where(Media.person_id == person_id, Media.created_at > moment)
    ).one()


def orphans(session: Session, *, at: datetime, limit: int) -> list[Media]:
    """Files nothing uses any more or ever did, oldest first, and permits that came to nothing."""
    is_used = select(MediaUse.media_id).where(MediaUse.media_id == Media.id).exists()
    return list(
        session.exec(
            select(Media)
            .where(
                or_(
                    (col(Media.idle_since) < at - rules.STALE_AFTER)
                    & col(Media.status).in_([MediaStatus.WAITING, MediaStatus.CHECKING]),
                    col(Media.idle_since) < at - rules.ORPHAN_AFTER,
                ),
                ~is_used,
            )
            .order_by(col(Media.idle_since))
            .limit(limit)
        )
    )


def twins(session: Session, media_ids: Iterable[str]) -> dict[str, list[Twin]]:
    """For each of these, other pictures with the same bytes or the same look, ten at most."""
    return {
        row.id: [
            Twin(other.id, other.seller_id, other.sha256 == row.sha256)
            for other in session.exec(
                select(Media)
                .where(
                    Media.purpose == Purpose.PICTURE,
                    Media.id != row.id,
                    or_(Media.sha256 == row.sha256, Media.fingerprint == row.fingerprint),
                )
                .order_by(col(Media.created_at))
                .limit(10)
            )
        ]
        for row in _rows(session, media_ids)
        if row.fingerprint and row.status is MediaStatus.READY
    }


def _may_read(session: Session, actor: Actor, row: Media) -> bool:
    """What a listing shows its reviewers is read by those who decide about listings; papers of
    people and shops by fewer."""
    match actor:
        case Staff():
            of_shops = actor.can(Permission.SELLERS_READ) and actor.can(Permission.PII_READ)
            return of_shops or (
                actor.can(Permission.MODERATION_DECIDE) and _is_of_listing(session, row)
            )
        case SellerMember():
            return is_owner(actor, row) and (
                actor.can(Permission.SHOP_MANAGE)
                or (actor.can(Permission.SHOP_LISTINGS_EDIT) and _is_of_listing(session, row))
            )
        case _:
            return is_owner(actor, row)


def _is_of_listing(session: Session, row: Media) -> bool:
    """Whether a listing names it, on sale, as a draft or in a change that waits."""
    use = select(MediaUse.media_id).where(
        MediaUse.media_id == row.id, col(MediaUse.owner_kind).in_(LISTING_KINDS)
    )
    return session.exec(use.limit(1)).first() is not None


def _picture_row(row: Media) -> PictureRow:
    small, middle, large, full = (url(row, width) for width in rules.WIDTHS)
    return PictureRow(
        row.id,
        row.name,
        row.status.value,
        row.refusal,
        small,
        middle,
        large,
        full,
        row.width,
        row.height,
        row.colour,
    )


def _rows(session: Session, ids: Iterable[str]) -> Sequence[Media]:
    wanted = {media_id for media_id in ids if media_id}
    if not wanted:
        return []
    return session.exec(select(Media).where(col(Media.id).in_(wanted))).all()

"""Files in and out: permits to upload, the local disk's own object store, pictures, documents."""

from collections.abc import AsyncGenerator, Iterator
from dataclasses import asdict
from typing import Annotated, Any, BinaryIO, Literal
from urllib.parse import quote

from pydantic import Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from marketplace import db
from marketplace.domain.access.models import Actor
from marketplace.domain.media import queries, rules, service
from marketplace.domain.media.models import Purpose
from marketplace.flows.recognise import Visitor
from marketplace.http.forms import check_origin, check_proof
from marketplace.http.visitor import visitor_of
from marketplace.integrations import disk_storage, storage
from marketplace.integrations.signed import NotSigned, open_reading, open_upload
from marketplace.kit import clock
from marketplace.kit.errors import DomainError, NotAllowed, NotFound, NotSignedIn
from marketplace.kit.text import Line, Payload
from marketplace.settings import settings

Hat = Literal["person", "seller", "staff"]
PROOF_HEADER = "x-proof"
MOST_WORDS = 4_000  # bytes of a request that is no file
MOST_BYTES = max(limit.most_bytes for limit in rules.LIMITS.values())
AROUND_A_FILE = 20_000  # bytes of the form it comes in
CHUNK = 64 * 1024
ADDRESS_LASTS = 60  # seconds
IMMUTABLE = "public, max-age=31536000, immutable"
PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


class Wish(Payload):
    """What somebody would like to upload, and in which of their hats."""

    purpose: Purpose
    hat: Hat
    name: Line
    size: Annotated[int, Field(ge=0, le=10**12)]
    content_type: Annotated[str, Field(max_length=100)]


class Told(Payload):
    hat: Hat


async def permit(request: Request) -> Response:
    """Answers with where to send the file, or with the reason why not."""
    body = await _read_words(request)
    visitor = await visitor_of(request)
    try:
        wish = Wish.model_validate_json(body)
        given = await db.run(
            service.permit,
            _actor(visitor, wish.hat),
            wish.purpose,
            name=wish.name,
            size=wish.size,
            content_type=wish.content_type,
            at=clock.now(),
        )
    except ValidationError:
        raise HTTPException(400) from None
    except DomainError as refused:
        return _reason(refused)
    form = await run_in_threadpool(
        lambda: storage().permit_upload(
            given.key,
            content_type=given.content_type,
            least=given.least_bytes,
            most=given.most_bytes,
            seconds=int(rules.PERMIT_LASTS.total_seconds()),
        )
    )
    return JSONResponse({"id": given.media_id, "url": form.url, "fields": form.fields})


async def arrived(request: Request) -> Response:
    """The browser says that it has sent the file; a worker looks at it soon."""
    body = await _read_words(request)
    visitor = await visitor_of(request)
    media_id = request.path_params["media_id"]
    try:
        actor = _actor(visitor, Told.model_validate_json(body).hat)
        await db.run(service.arrived, actor, media_id, at=clock.now())
        return await _row(actor, media_id)
    except ValidationError:
        raise HTTPException(400) from None
    except DomainError as refused:
        return _reason(refused)


async def show(request: Request) -> Response:
    """How one's own file is doing."""
    hat = request.query_params.get("hat", "")
    visitor = await visitor_of(request)
    try:
        return await _row(_actor(visitor, hat), request.path_params["media_id"])
    except DomainError as refused:
        return _reason(refused)


async def upload(request: Request) -> Response:
    """What an object store does with a presigned form, for the local disk."""
    check_origin(request)
    if settings().storage != "disk":
        raise NotFound
    if int(request.headers.get("content-length") or 0) > MOST_BYTES + AROUND_A_FILE:
        raise HTTPException(413)
    visitor = await visitor_of(request)
    if visitor.person is None:
        raise NotSignedIn
    fields, file = await _read_file(request)
    try:
        allowed = open_upload(settings().key(), fields, now=int(clock.now().timestamp()))
        await db.read(queries.permitted, visitor.person, allowed.key)
        if file.content_type != allowed.content_type:
            raise HTTPException(403)
        if not allowed.least <= (file.size or 0) <= allowed.most:
            raise HTTPException(413)
        await run_in_threadpool(disk_storage().write, allowed.key, _chunks(file.file))
    except NotSigned:
        raise HTTPException(403) from None
    finally:
        await file.close()
    return Response(status_code=204)


async def signed_file(request: Request) -> Response:
    """What an object store does with a presigned address, for the local disk."""
    try:
        reading = open_reading(
            settings().key(), request.query_params, now=int(clock.now().timestamp())
        )
    except NotSigned:
        raise HTTPException(403) from None
    try:
        file = await run_in_threadpool(disk_storage().open, reading.key)
    except FileNotFoundError:
        raise NotFound from None
    return StreamingResponse(
        _chunks(file),
        media_type=reading.content_type,
        headers={
            **PRIVATE,
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(reading.name)}",
        },
    )


async def document(request: Request) -> Response:
    """Leads whoever may read it to an address that is good for a minute (SEC-38). Who looks at a
    shop as its members see it reads with the staff's own rights alone."""
    visitor = await visitor_of(request)
    found = await db.run(
        service.read_document, visitor.own_hats, request.path_params["media_id"], at=clock.now()
    )
    address = await run_in_threadpool(
        lambda: storage().read_address(
            found.key, name=found.name, content_type=found.content_type, seconds=ADDRESS_LASTS
        )
    )
    return RedirectResponse(address, 303, headers=PRIVATE)


async def picture(request: Request) -> Response:
    """A public picture: it never changes under its address."""
    token, file = request.path_params["token"], request.path_params["file"]
    width, _, ending = file.partition(".")
    if (
        len(token) != 32
        or not token.isalnum()
        or not token.isascii()
        or ending != "webp"
        or width not in {str(each) for each in rules.WIDTHS}
    ):
        raise NotFound
    try:
        content = await run_in_threadpool(_content, rules.public_key(token, int(width)))
    except FileNotFoundError:
        raise NotFound from None
    return Response(
        content,
        media_type="image/webp",
        headers={
            "Cache-Control": IMMUTABLE,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )


routes: list[BaseRoute] = [
    Route("/media/permits", permit, methods=["POST"]),
    Route("/media/upload", upload, methods=["POST"]),
    Route("/media/file", signed_file),
    Route("/media/{media_id}/arrived", arrived, methods=["POST"]),
    Route("/media/{media_id}", show),
    Route("/media/{token}/{file}", picture),
    Route("/files/document/{media_id}", document),
]


async def _read_words(request: Request) -> bytes:
    """A small JSON body our own page sent. Raises HTTPException 403, 413 or 415."""
    check_origin(request)
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_WORDS:
            raise HTTPException(413)
    check_proof(request, request.headers.get(PROOF_HEADER, ""))
    return body


async def _read_file(request: Request) -> tuple[dict[str, str], UploadFile]:
    """The fields of a form with one file. Raises HTTPException 400, 413 or 415."""
    if request.headers.get("content-type", "").partition(";")[0] != "multipart/form-data":
        raise HTTPException(415)
    parser = MultiPartParser(
        request.headers, _capped(request), max_files=1, max_fields=12, max_part_size=8_000
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError):
        raise HTTPException(400) from None
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise HTTPException(400)
    return fields, file


async def _capped(request: Request) -> AsyncGenerator[bytes, None]:
    """The body as it comes, until it is too much, whatever length was announced."""
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > MOST_BYTES + AROUND_A_FILE:
            raise HTTPException(413)
        yield chunk


def _actor(visitor: Visitor, hat: str) -> Actor:
    """Raises `NotSignedIn`, `NotAllowed`."""
    hats: dict[str, Actor | None] = {
        "person": visitor.person,
        "seller": visitor.member,
        "staff": visitor.staff,
    }
    if visitor.person is None:
        raise NotSignedIn
    actor = hats.get(hat)
    if actor is None:
        raise NotAllowed
    return actor


async def _row(actor: Actor, media_id: str) -> Response:
    row = await db.read(queries.own_picture, actor, media_id)
    return JSONResponse(asdict(row), headers=PRIVATE)


def _reason(refused: DomainError) -> Response:
    """The sentence as a message id with its words: the page translates it."""
    told: dict[str, Any] = {"message": refused.message, "words": refused.words}
    return JSONResponse(told, refused.status, headers=PRIVATE)


def _content(key: str) -> bytes:
    with storage().open(key) as file:
        return file.read()


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk

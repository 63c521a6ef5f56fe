"""Forms from our own pages only: origin, proof, size and fields checked before anything happens."""

from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import parse_qs

from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from marketplace.http.visitor import session_cookie_of
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.text import Payload
from marketplace.kit.tokens import form_proof, is_same
from marketplace.settings import settings

M = TypeVar("M", bound=Payload)
MAX_BYTES = 64_000
MAX_FIELDS = 60
PROOF_FIELD = "proof"
SENTENCES = {
    "missing": N_("This field is required."),
    "string_too_short": N_("This field is required."),
    "string_too_long": N_("This text is too long."),
    "extra_forbidden": N_("This field does not belong here."),
}
UNREADABLE = N_("Please check this field.")


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form our own page sent to this very session. Raises HTTPException 403, 413 or
    415 (SEC-13)."""
    fields = await read_fields(request)
    check_proof(request, fields.pop(PROOF_FIELD, ""))
    return fields


async def read_fields(request: Request) -> dict[str, str]:
    """The fields of a form of our own site, whoever it was written for: for deeds that give nobody
    anything. Raises as `read_form`."""
    check_origin(request)
    if request.headers.get("content-type", "").split(";")[0] != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise HTTPException(413)
    try:
        parsed = parse_qs(
            body.decode("utf-8", "strict"),
            keep_blank_values=True,
            max_num_fields=MAX_FIELDS,
            errors="strict",
        )
    except ValueError:
        raise HTTPException(400) from None
    return {name: values[-1] for name, values in parsed.items()}


def checked(model: type[M], fields: Mapping[str, str]) -> M:
    """The fields as `model`. Raises `Invalid` with a sentence per field; values are not kept."""
    try:
        return model.model_validate(dict(fields))
    except ValidationError as broken:
        raise Invalid(
            {
                str(error["loc"][0] if error["loc"] else ""): SENTENCES.get(
                    error["type"], UNREADABLE
                )
                for error in broken.errors(include_url=False, include_input=False)
            }
        ) from None


def proof_for(cookie: str) -> str:
    """What a page puts into its forms for the session with this cookie."""
    return form_proof(settings().key(), cookie)


def check_proof(request: Request, proof: str) -> None:
    """The page of this very session wrote it. Raises HTTPException 403."""
    cookie = session_cookie_of(request)
    if not cookie or not is_same(proof, proof_for(cookie)):
        raise HTTPException(403)


def check_origin(request: Request) -> None:
    """Browsers say where a form came from; only our own pages may send one here (403)."""
    origin = request.headers.get("origin", "")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if (origin and origin not in settings().origins) or site not in ("same-origin", "none"):
        raise HTTPException(403)

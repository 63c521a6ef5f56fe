"""Stripe's errors as what may be done next: nothing, the same again, or looking first."""

from collections.abc import Iterator
from contextlib import contextmanager

import stripe

from marketplace.ports import (
    GatewayBusy,
    GatewayDeclined,
    GatewayError,
    GatewayRefused,
    GatewayShort,
    GatewayUnknown,
)

TOO_LITTLE = frozenset({"balance_insufficient", "insufficient_funds"})


@contextmanager
def translated() -> Iterator[None]:
    """Raise the port's errors in place of the SDK's."""
    try:
        yield
    except stripe.StripeError as error:
        raise meaning_of(error) from error


def meaning_of(error: stripe.StripeError) -> GatewayError:
    code = str(error.code or "")
    message = error.user_message or "The payment service gave no reason."
    if isinstance(error, stripe.CardError):
        return GatewayDeclined(message, _reason(error) or code)
    if isinstance(error, stripe.RateLimitError) or error.http_status in (409, 429):
        return GatewayBusy(message, code)
    if isinstance(error, stripe.APIConnectionError):
        return GatewayUnknown("The payment service did not answer.", code)
    if code in TOO_LITTLE:
        return GatewayShort(message, code)
    if error.http_status is not None and 400 <= error.http_status < 500:
        return GatewayRefused(message, code or error.__class__.__name__)
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    is_kept = headers.get("idempotent-replayed") == "true"
    return GatewayUnknown(message, code, is_kept=is_kept)


def _reason(error: stripe.CardError) -> str:
    """The bank's own reason, where it gave one."""
    body = error.json_body
    told = body.get("error") if isinstance(body, dict) else None
    return str(told.get("decline_code") or "") if isinstance(told, dict) else ""

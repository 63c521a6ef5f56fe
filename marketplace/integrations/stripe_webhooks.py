"""Is this letter from Stripe, and fresh? What it says is only a hint (SEC-31)."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

import stripe

from marketplace.kit import clock
from marketplace.ports import GatewayEvent, WebhookRefused

TOLERANCE = 300  # seconds, both ways
MOST_BYTES = 262_144


def parsed(
    raw: bytes, headers: Mapping[str, str], secrets: tuple[str, ...], *, is_live: bool
) -> GatewayEvent:
    """Raises `WebhookRefused`; the text says which check failed and repeats nothing of the letter."""
    if len(raw) > MOST_BYTES:
        raise WebhookRefused("too large")
    given = [value for name, value in headers.items() if name.lower() == "stripe-signature"]
    if len(given) != 1:
        raise WebhookRefused("no signature, or more than one")
    _require_signed(raw, given[0], secrets)
    _require_fresh(given[0])
    hint = _hint(raw)
    if hint.is_live != is_live:
        raise WebhookRefused("of the other mode")
    return hint


def _require_signed(raw: bytes, signature: str, secrets: tuple[str, ...]) -> None:
    """Several secrets while one replaces another. The time is judged by our own clock, after."""
    for secret in secrets:
        try:
            stripe.Webhook.construct_event(raw, signature, secret, tolerance=0)
        except stripe.SignatureVerificationError:
            continue
        except (ValueError, AttributeError, TypeError):
            raise WebhookRefused("no event") from None
        return
    raise WebhookRefused("not signed by a secret of ours")


def _require_fresh(signature: str) -> None:
    signed = re.search(r"(?:^|,)t=([0-9]{1,12})(?:,|$)", signature)
    if signed is None:
        raise WebhookRefused("no time")
    if abs(int(clock.now().timestamp()) - int(signed[1])) > TOLERANCE:
        raise WebhookRefused("too old, or from the future")


def _hint(raw: bytes) -> GatewayEvent:
    event = json.loads(raw)
    try:
        body = event["data"]["object"]
        ours = body.get("metadata") or {}
        return GatewayEvent(
            id=_text(event["id"]),
            type=_text(event["type"]),
            account=_text(event.get("account") or ""),
            is_live=event["livemode"] is True,
            at=datetime.fromtimestamp(event["created"], UTC),
            object_kind=_text(body["object"]),
            object_ref=_text(body.get("id", "")),  # a balance has none
            payment_id=_text(ours.get("payment", "")),
            refund_id=_text(ours.get("refund", "")),
            command_id=_text(ours.get("command", "")),
        )
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError, OSError):
        raise WebhookRefused("no event") from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value

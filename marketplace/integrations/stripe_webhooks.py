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
    event = _verified(raw, given[0], secrets)
    _require_fresh(given[0])
    if event.livemode != is_live:
        raise WebhookRefused("of the other mode")
    return _hint(event)


def _verified(raw: bytes, signature: str, secrets: tuple[str, ...]) -> stripe.Event:
    """Several secrets while one replaces another. The time is judged by our own clock, after."""
    for secret in secrets:
        try:
            event = stripe.Webhook.construct_event(raw, signature, secret, tolerance=0)
        except stripe.SignatureVerificationError:
            continue
        except (ValueError, AttributeError, TypeError):
            raise WebhookRefused("no event") from None
        if isinstance(event, stripe.Event) and _is_whole(event):
            return event
        raise WebhookRefused("no event")
    raise WebhookRefused("not signed by a secret of ours")


def _is_whole(event: stripe.Event) -> bool:
    return all(part in event for part in ("id", "type", "created", "livemode", "data"))


def _require_fresh(signature: str) -> None:
    signed = re.search(r"(?:^|,)t=([0-9]{1,12})(?:,|$)", signature)
    if signed is None:
        raise WebhookRefused("no time")
    if abs(int(clock.now().timestamp()) - int(signed[1])) > TOLERANCE:
        raise WebhookRefused("too old, or from the future")


def _hint(event: stripe.Event) -> GatewayEvent:
    body = json.loads(json.dumps(event.data.object.to_dict()))
    ours = body.get("metadata") or {}
    return GatewayEvent(
        id=event.id,
        type=event.type,
        account=str(event["account"] or "") if "account" in event else "",
        is_live=event.livemode,
        at=datetime.fromtimestamp(event.created, UTC),
        object_kind=str(body.get("object", "")),
        object_ref=str(body.get("id", "")),
        payment_id=str(ours.get("payment", "")),
        refund_id=str(ours.get("refund", "")),
        command_id=str(ours.get("command", "")),
    )

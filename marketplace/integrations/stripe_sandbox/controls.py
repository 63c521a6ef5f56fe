"""What only the sandbox has: buyers who act, lines that break, webhooks that go astray.

The clock needs no control: every call is told the time.
"""

from datetime import datetime

from marketplace.integrations.stripe_sandbox import events, hosted, tricks
from marketplace.integrations.stripe_sandbox.hosted import Outcome
from marketplace.integrations.stripe_sandbox.sandbox import Sandbox
from marketplace.integrations.stripe_sandbox.tricks import Fault, Mishap


def complete(
    sandbox: Sandbox, intent_id: str, outcome: Outcome, now: datetime, *, account: str = ""
) -> None:
    """Let the buyer answer 3-D Secure or scan the QR; or end what is processing."""
    with sandbox.opened(account, now) as call:
        hosted.act_on(call, call.find("payment_intent", intent_id), outcome)


def endpoint_secret(sandbox: Sandbox, url: str, now: datetime) -> str:
    """The secret of the endpoint at `url`, which is made if there is none: it hears everything."""
    with sandbox.opened("", now) as call:
        for hook in call.those("webhook_endpoint", "url", url):
            return str(call.hidden(hook["id"])["secret"])
        made = events.create_endpoint(call, {"url": url, "enabled_events": ["*"]})
        return str(made["secret"])


def fail_answers(
    sandbox: Sandbox,
    kind: Fault,
    *,
    method: str = "",
    path: str = "/",
    times: int = 1,
    seconds: int = 0,
) -> None:
    """The next answers to `method` under `path` go wrong: nothing done (`before`), done but the
    answer lost (`after`), a kept 500 without (`saved500`) or with (`after500`) the effect, …"""
    with sandbox.store.writing() as db:
        tricks.plan(db, "api", kind, method, path, seconds, times)


def mislead_webhooks(
    sandbox: Sandbox, kind: Mishap, *, event: str = "", times: int = 1, seconds: int = 0
) -> None:
    """The next events whose type begins with `event` are lost, doubled, held, late or out of order."""
    with sandbox.store.writing() as db:
        tricks.plan(db, "webhook", kind, "", event, seconds, times)


def release_webhooks(sandbox: Sandbox) -> int:
    """Let go what is held. Returns how many deliveries that are."""
    with sandbox.store.writing() as db:
        return db.execute("UPDATE delivery SET state = 'waiting' WHERE state = 'held'").rowcount


def forget_keys(sandbox: Sandbox) -> None:
    """As if a day had passed for all idempotency keys."""
    with sandbox.store.writing() as db:
        db.execute("DELETE FROM kept")


def forget_plans(sandbox: Sandbox) -> None:
    """No more faults."""
    with sandbox.store.writing() as db:
        db.execute("DELETE FROM trick")

"""Never twice, never lost: what a worker does after each fault (money.md 4.2), against the sandbox.

The worker here is the smallest that keeps the rules; the one of the jobs keeps the same.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

import pytest

from marketplace.integrations.stripe_sandbox import controls
from marketplace.kit import clock
from marketplace.ports import GatewayBusy, GatewayUnknown, PaymentState
from tests.make.moments import FrozenClock
from tests.make.till import Till, asked, giving_back

Kind = Literal["payment", "refund"]
FAULTS: list[Any] = ["before", "after", "saved500", "after500", "409", "429"]
KEY_LIVES = timedelta(hours=23)
KINDS: list[Kind] = ["payment", "refund"]


def perform(till: Till, kind: Kind, command: Any, between: Callable[[], object]) -> str:
    """Send until the gateway has said what is true. `between` is what passes between two tries."""
    begun = first_sent = clock.now()
    for generation in range(1, 8):
        try:
            return sent(till, kind, command)
        except GatewayBusy:
            between()
        except GatewayUnknown as unknown:
            between()
            if unknown.is_kept or clock.now() - first_sent > KEY_LIVES:
                since = begun - timedelta(hours=1)
                if found := till.gateway.find_by_command(kind, command.command_id, since=since):
                    return found
                key = f"{command.idempotency_key}:g{generation}"
                command, first_sent = replace(command, idempotency_key=key), clock.now()
    raise AssertionError("never said")


def sent(till: Till, kind: Kind, command: Any) -> str:
    if kind == "payment":
        return till.gateway.open_session(command).ref
    return till.gateway.refund(command).ref


def commanded(kind: Kind, payment: PaymentState) -> Any:
    return asked(command="cmd_1") if kind == "payment" else giving_back(payment, 600, "cmd_1")


def effects(till: Till, kind: Kind) -> list[str]:
    if kind == "payment":
        made = till.stripe.checkout.sessions.list({"limit": 100})
        return [session.id for session in made if session.metadata["command"] == "cmd_1"]  # type: ignore[index]
    return [refund.id for refund in till.stripe.refunds.list({"limit": 100})]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", FAULTS)
@pytest.mark.parametrize("second", [*FAULTS, ""])
@pytest.mark.parametrize("is_late", [False, True])
def test_after_any_two_faults_it_was_done_exactly_once(
    till: Till, clock_at: FrozenClock, kind: Kind, first: Any, second: Any, is_late: bool
) -> None:
    payment = till.paid(command="cmd_0")
    for fault in (first, second):
        if fault:
            controls.fail_answers(till.sandbox, fault, method="POST")

    def a_day_passes() -> None:
        if is_late:
            clock_at.advance(hours=25)

    ref = perform(till, kind, commanded(kind, payment), a_day_passes)

    assert effects(till, kind) == [ref]
    if kind == "refund":
        assert till.gateway.fetch_payment(payment.ref).refunded == 600


def test_without_looking_first_it_would_be_done_twice(till: Till) -> None:
    """Why the look-up is there: the same faults, a new key at once."""
    payment = till.paid(command="cmd_0")
    controls.fail_answers(till.sandbox, "after500", method="POST")
    command = giving_back(payment, 600, "cmd_1")
    with pytest.raises(GatewayUnknown):
        till.gateway.refund(command)
    till.gateway.refund(replace(command, idempotency_key="another"))

    assert len(effects(till, "refund")) == 2

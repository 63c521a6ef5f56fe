"""A till for tests: the sandbox, the SDK's own client, our gateway, and a buyer at the pay page."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import stripe

from marketplace.integrations.stripe_gateway import StripeGateway
from marketplace.integrations.stripe_sandbox import InProcessClient, Sandbox, controls, hosted
from marketplace.integrations.stripe_sandbox.hosted import CardFields, HostedSession
from marketplace.kit import clock
from marketplace.ports import OpenSession, PaymentState, RefundPayment

GOOD = "4242424242424242"
KEY = "sk_test_till"
HOOK = "https://shop.example/webhooks/stripe"
PAGE = "https://shop.example/pay/sandbox"


@dataclass
class Till:
    path: Path
    overdraft: int = 100_000_000
    pauses: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sandbox = Sandbox(
            self.path, PAGE, seed="till", overdraft=self.overdraft, pause=self.pauses.append
        )
        self.secret = controls.endpoint_secret(self.sandbox, HOOK, clock.now())
        self.client = InProcessClient(self.sandbox)
        self.stripe = stripe.StripeClient(KEY, http_client=self.client, max_network_retries=0).v1
        self.gateway = StripeGateway(
            KEY, webhook_secrets=(self.secret,), client=self.client, retries=0
        )

    def open(self, amount: int = 10_000, command: str = "cmd_1", **more: Any) -> str:
        return self.gateway.open_session(asked(amount, command, **more)).ref

    def pay(self, ref: str, number: str = GOOD, **fields: str) -> HostedSession:
        card = CardFields(number, **({"month": "12", "year": "2030", "cvc": "123"} | fields))
        shown = hosted.pay_with_card(self.sandbox, ref, card, clock.now())
        assert shown is not None
        return shown

    def scan(self, ref: str, wallet: Literal["alipay", "wechat_pay"]) -> HostedSession:
        shown = hosted.pay_with_wallet(self.sandbox, ref, wallet, clock.now())
        assert shown is not None
        return shown

    def act(self, ref: str, outcome: Literal["succeed", "decline", "process"]) -> HostedSession:
        shown = hosted.act(self.sandbox, ref, outcome, clock.now())
        assert shown is not None
        return shown

    def paid(
        self, amount: int = 10_000, number: str = GOOD, command: str = "cmd_1"
    ) -> PaymentState:
        ref = self.open(amount, command)
        assert self.pay(ref, number).state == "paid"
        return self.gateway.fetch_payment(ref)

    def total(self) -> int:
        """Available and pending together, as the API tells it."""
        balance = self.stripe.balance.retrieve()
        available = sum(part.amount for part in balance.available)
        return available + sum(part.amount for part in balance.pending)

    def nets(self) -> int:
        """The same from the movements alone."""
        listed = self.stripe.balance_transactions.list({"limit": 100})
        return sum(entry.net for entry in listed.auto_paging_iter())

    def kinds(self) -> list[str]:
        """Of all events, the oldest first."""
        listed = self.stripe.events.list({"limit": 100})
        return [event.type for event in reversed(list(listed.auto_paging_iter()))]


@dataclass
class Letterbox:
    """Where webhooks arrive. `answers` are the statuses it gives, the last one for ever."""

    answers: list[int] = field(default_factory=lambda: [200])
    letters: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def send(self, url: str, headers: dict[str, str], body: bytes) -> int:
        self.letters.append((url, headers, body))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def asked(amount: int = 10_000, command: str = "cmd_1", **more: Any) -> OpenSession:
    given: dict[str, Any] = {
        "idempotency_key": f"key-{command}",
        "payment_id": "pay_1",
        "currency": "CNY",
        "title": "Order JS-1",
        "success_url": "https://shop.example/done?s={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://shop.example/checkout",
    }
    return OpenSession(command_id=command, amount=amount, **(given | more))


def giving_back(payment: PaymentState, amount: int, command: str = "cmd_r") -> RefundPayment:
    return RefundPayment(
        command_id=command,
        idempotency_key=f"key-{command}",
        refund_id="ref_1",
        payment_ref=payment.payment_ref,
        amount=amount,
    )


def later(moment: datetime, seconds: int) -> int:
    return int(moment.timestamp()) + seconds

"""The one class that takes payments, from Stripe or from our sandbox, through the real SDK (D12).

It computes no money, opens no transaction and keeps nothing: commands come with their key.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal

import stripe
from stripe._base_address import BaseAddresses

from marketplace.integrations import stripe_errors, stripe_webhooks
from marketplace.integrations.stripe_states import (
    moment,
    movement,
    ours_in,
    payment,
    refunded,
    session_payment,
)
from marketplace.ports import (
    GatewayEvent,
    GatewayRefused,
    Movement,
    OpenSession,
    PaymentSession,
    PaymentState,
    RefundPayment,
    RefundState,
)

MOST_PER_PAGE = 100
SEEN_THROUGH = ["payment_intent.latest_charge.balance_transaction"]
LOCALES: dict[str, Literal["en", "zh"]] = {"en": "en", "zh-CN": "zh"}

Method = Literal["card", "alipay", "wechat_pay"]


class StripeGateway:
    """`api_url` and `client` lead elsewhere than to Stripe; `retries` are the SDK's own."""

    code = "stripe"
    caps = frozenset({"refunds", "qr"})

    def __init__(
        self,
        secret_key: str,
        *,
        webhook_secrets: tuple[str, ...] = (),
        methods: tuple[Method, ...] = ("card", "alipay", "wechat_pay"),
        api_url: str = "",
        client: stripe.HTTPClient | None = None,
        retries: int = 2,
    ) -> None:
        addresses: BaseAddresses = {"api": api_url} if api_url else {}
        self._stripe = stripe.StripeClient(
            secret_key,
            http_client=client,
            base_addresses=addresses,
            max_network_retries=retries,
        ).v1
        self._methods = methods
        self._webhook_secrets = webhook_secrets
        self._is_live = secret_key.startswith(("sk_live_", "rk_live_"))

    def open_session(self, command: OpenSession) -> PaymentSession:
        ours = {"payment": command.payment_id, "command": command.command_id}
        asked: stripe.params.checkout.SessionCreateParams = {
            "mode": "payment",
            "success_url": command.success_url,
            "cancel_url": command.cancel_url,
            "client_reference_id": command.payment_id,
            "locale": LOCALES[command.locale],
            "metadata": ours,
            "payment_intent_data": {"metadata": ours},
            "allowed_payment_method_types": list(self._methods),
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": command.currency.lower(),
                        "unit_amount": command.amount,
                        "product_data": {"name": command.title},
                    },
                }
            ],
        }
        if "wechat_pay" in self._methods:
            asked["payment_method_options"] = {"wechat_pay": {"client": "web"}}
        if command.group:
            asked["payment_intent_data"]["transfer_group"] = command.group
        if command.email:
            asked["customer_email"] = command.email
        if command.expires_at is not None:
            asked["expires_at"] = int(command.expires_at.timestamp())
        with stripe_errors.translated():
            session = self._stripe.checkout.sessions.create(
                asked, {"idempotency_key": command.idempotency_key}
            )
        return PaymentSession(session.id, "redirect", session.url or "", moment(session.expires_at))

    def close_session(self, ref: str) -> PaymentState:
        try:
            with stripe_errors.translated():
                if ref.startswith("pi_"):
                    self._stripe.payment_intents.cancel(ref)
                else:
                    self._stripe.checkout.sessions.expire(ref)
        except GatewayRefused:
            pass  # it is over already, in whichever way: the truth is what counts
        return self.fetch_payment(ref)

    def fetch_payment(self, ref: str) -> PaymentState:
        with stripe_errors.translated():
            if ref.startswith("pi_"):
                intent = self._stripe.payment_intents.retrieve(
                    ref, {"expand": ["latest_charge.balance_transaction"]}
                )
                return payment(intent)
            session = self._stripe.checkout.sessions.retrieve(ref, {"expand": SEEN_THROUGH})
        return session_payment(session)

    def refund(self, command: RefundPayment) -> RefundState:
        with stripe_errors.translated():
            refund = self._stripe.refunds.create(
                {
                    "payment_intent": command.payment_ref,
                    "amount": command.amount,
                    "reason": command.reason,
                    "metadata": {"refund": command.refund_id, "command": command.command_id},
                },
                {"idempotency_key": command.idempotency_key},
            )
        return refunded(refund)

    def fetch_refund(self, ref: str) -> RefundState:
        with stripe_errors.translated():
            return refunded(self._stripe.refunds.retrieve(ref))

    def find_by_command(
        self,
        kind: Literal["payment", "refund"],
        command_id: str,
        *,
        since: datetime,
        near: str = "",
    ) -> str | None:
        with stripe_errors.translated():
            for found in self._since(kind, since, near):
                if ours_in(found.metadata).get("command") == command_id:
                    return found.id
        return None

    def _since(
        self, kind: Literal["payment", "refund"], since: datetime, near: str
    ) -> Iterator[stripe.checkout.Session | stripe.Refund]:
        """Newest first. Lists are exact at once; Stripe's search lags behind."""
        created: stripe.params.RefundListParamsCreated = {"gte": int(since.timestamp())}
        if kind == "payment":
            sessions = self._stripe.checkout.sessions.list(
                {"created": {"gte": int(since.timestamp())}, "limit": MOST_PER_PAGE}
            )
            yield from sessions.auto_paging_iter()
            return
        asked: stripe.params.RefundListParams = {"created": created, "limit": MOST_PER_PAGE}
        if near:
            asked["payment_intent"] = near
        yield from self._stripe.refunds.list(asked).auto_paging_iter()

    def movements(self, account: str, since: datetime, cursor: str = "") -> Iterator[Movement]:
        asked: stripe.params.BalanceTransactionListParams = {"limit": MOST_PER_PAGE}
        if cursor:
            asked["ending_before"] = cursor  # the SDK then pages towards the newest
        else:
            asked["created"] = {"gte": int(since.timestamp())}
        options: stripe.RequestOptions = {"stripe_account": account} if account else {}
        with stripe_errors.translated():
            listed = self._stripe.balance_transactions.list(asked, options).auto_paging_iter()
            found = [movement(entry) for entry in listed]
        yield from found if cursor else reversed(found)

    def parse_webhook(self, raw: bytes, headers: Mapping[str, str]) -> GatewayEvent:
        return stripe_webhooks.parsed(raw, headers, self._webhook_secrets, is_live=self._is_live)

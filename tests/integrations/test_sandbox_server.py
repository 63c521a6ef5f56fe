"""The sandbox over real HTTP, and where it does not start at all."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import stripe
from pydantic import SecretStr

from marketplace import integrations
from marketplace.integrations.stripe_gateway import StripeGateway
from marketplace.integrations.stripe_sandbox import (
    Sandbox,
    SandboxRefused,
    application,
    controls,
    hosted,
    require_sandbox,
)
from marketplace.integrations.stripe_sandbox.hosted import CardFields
from marketplace.kit import clock
from marketplace.ports import GatewayUnknown
from marketplace.settings import Environment, Settings, settings
from tests.make.servers import free_port
from tests.make.till import KEY, PAGE, Till, asked, giving_back

HEADERS = {"Authorization": f"Bearer {KEY}"}


@pytest.fixture
def line(till: Till) -> httpx.AsyncClient:
    to = httpx.ASGITransport(application(till.sandbox, Settings()))
    return httpx.AsyncClient(transport=to, base_url="http://sandbox", headers=HEADERS)


async def test_the_api_is_the_same_over_http(till: Till, line: httpx.AsyncClient) -> None:
    ref = till.open()
    answer = await line.get(f"/v1/checkout/sessions/{ref}?expand[0]=line_items")
    missing = await line.post("/v1/refunds", data={"charge": "ch_none"})
    stranger = await line.get("/v1/balance", headers={"Authorization": ""})

    assert answer.json()["line_items"]["data"][0]["description"] == "Order JS-1"
    assert answer.headers["request-id"].startswith("req_")
    assert [got.status_code for got in (answer, missing, stranger)] == [200, 404, 401]


@pytest.mark.parametrize(
    "body",
    [
        b"amount" + b"[a]" * 5_000 + b"=1",
        b"a=1&a[b]=2",
        b"metadata[0][x]=1&amount=5&currency=cny",
        b"line_items[" + b"9" * 5_000 + b"]=1",
        b"amount[]=1&currency=cny",
        b"\xff=1",
        b"&&==;%00",
        b"a=" + b"x" * 1_000_001,
    ],
)
async def test_a_body_that_is_no_form_of_ours_is_refused_in_words(
    till: Till, line: httpx.AsyncClient, body: bytes
) -> None:
    for path in ("/v1/payment_intents", "/v1/checkout/sessions", "/v1/refunds"):
        answer = await line.post(path, content=body)

        assert answer.status_code == 400
        assert answer.json()["error"]["type"] == "invalid_request_error"


async def test_a_lost_answer_breaks_the_line_after_the_effect(
    till: Till, line: httpx.AsyncClient
) -> None:
    controls.fail_answers(till.sandbox, "after", method="POST")
    with pytest.raises(ConnectionResetError):
        await line.post("/v1/payment_intents", data={"amount": "100", "currency": "cny"})

    assert len(till.stripe.payment_intents.list().data) == 1


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[StripeGateway, Sandbox]]:
    """A sandbox in a process of its own, and another hand on its file."""
    port = free_port()
    environ = os.environ | {"MARKETPLACE_DATA_DIR": str(tmp_path)}
    app = "marketplace.integrations.stripe_sandbox.served:app"
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory"]
    command += ["--host", "127.0.0.1", "--port", str(port), app]
    with subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            gateway = StripeGateway(KEY, api_url=f"http://127.0.0.1:{port}", retries=0)
            yield gateway, Sandbox(tmp_path / "sandbox.sqlite3", PAGE)
        finally:
            server.terminate()


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError


def test_the_real_sdk_pays_and_recovers_over_a_real_socket(
    served: tuple[StripeGateway, Sandbox],
) -> None:
    gateway, sandbox = served
    session = gateway.open_session(asked())
    card = CardFields("4242424242424242", "12", "2050", "123")
    hosted.pay_with_card(sandbox, session.ref, card, clock.now())
    payment = gateway.fetch_payment(session.ref)
    controls.fail_answers(sandbox, "after", method="POST")
    with pytest.raises(GatewayUnknown):
        gateway.refund(giving_back(payment, 400))
    refund = gateway.refund(giving_back(payment, 400))

    assert (payment.status, payment.received) == ("succeeded", 10_000)
    assert gateway.fetch_payment(session.ref).refunded == 400
    since = clock.now() - timedelta(hours=1)
    assert gateway.find_by_command("refund", "cmd_r", since=since) == refund.ref


def test_a_server_that_is_not_there_is_unknown_not_refused() -> None:
    gateway = StripeGateway(KEY, api_url=f"http://127.0.0.1:{free_port()}", retries=0)

    with pytest.raises(GatewayUnknown):
        gateway.open_session(asked())


def test_it_does_not_start_in_production(till: Till) -> None:
    production = Settings(environment=Environment.PRODUCTION)

    for start in (
        lambda: require_sandbox(production),
        lambda: application(till.sandbox, production),
    ):
        with pytest.raises(SandboxRefused, match="production"):
            start()


@pytest.mark.parametrize("key", ["sk_live_abc", "rk_live_abc"])
def test_it_does_not_start_beside_a_live_key(key: str) -> None:
    with pytest.raises(SandboxRefused, match="live") as refused:
        require_sandbox(Settings(stripe_secret_key=SecretStr(key)))
    assert key not in str(refused.value)


def test_by_default_payments_go_to_the_sandbox_in_the_data_folder(clock_at: object) -> None:
    session = integrations.payments().open_session(asked())

    assert session.url == f"{settings().public_url}/pay/sandbox/{session.ref}"
    assert (settings().data_dir / "sandbox.sqlite3").is_file()
    assert integrations.sandbox_secret().startswith("whsec_")
    assert integrations.sandbox_secret() == integrations.sandbox_secret()


def test_settings_lead_to_stripe_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MARKETPLACE_STRIPE_BACKEND", "stripe")
    monkeypatch.setenv("MARKETPLACE_STRIPE_SECRET_KEY", "sk_test_real")
    settings.cache_clear()
    integrations.payments.cache_clear()
    gateway = integrations.payments()

    assert gateway.code == "stripe"
    assert not (settings().data_dir / "sandbox.sqlite3").exists()


def test_the_demo_survives_a_restart(till: Till) -> None:
    ref = till.open()
    again = Till(till.path)

    assert again.secret == till.secret
    assert isinstance(again.stripe.checkout.sessions.retrieve(ref), stripe.checkout.Session)

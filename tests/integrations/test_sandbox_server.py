"""The sandbox over HTTP, and where it does not start at all."""

from pathlib import Path

import httpx
import pytest
import stripe
from pydantic import SecretStr

from marketplace import integrations
from marketplace.integrations.stripe_sandbox import (
    SandboxRefused,
    application,
    controls,
    require_sandbox,
)
from marketplace.settings import Environment, Settings, settings
from tests.make.till import KEY, Till, asked

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


async def test_a_lost_answer_breaks_the_line_after_the_effect(
    till: Till, line: httpx.AsyncClient
) -> None:
    controls.fail_answers(till.sandbox, "after", method="POST")
    with pytest.raises(ConnectionResetError):
        await line.post("/v1/payment_intents", data={"amount": "100", "currency": "cny"})

    assert len(till.stripe.payment_intents.list().data) == 1


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

"""What production must not run with: each unsafe setting alone is refused, by name (SEC-48)."""

from typing import Any

import pytest

from marketplace.settings import Settings
from marketplace.settings.checks import CHECKS, faults, require_fit

FIT: dict[str, Any] = {
    "environment": "production",
    "public_url": "https://market.example.com",
    "database_url": "postgresql://jishi@db.example.com/jishi",
    "redis_url": "rediss://:a-long-enough-word@redis.example.com/0",
    "secret_key": "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c",
    "audit_key": "9a8b7c6d5e4f30211203f4e5d6c7b8a99a8b7c6d",
    "mailer": "smtp",
    "mail_from": "Market <hello@market.example.com>",
    "smtp_host": "smtp.example.com",
    "workers": 2,
    "stripe_backend": "stripe",
    "stripe_secret_key": "sk_live_51a2b3c4d5e6f7a8b9c0d1e2f3",
    "stripe_webhook_secrets": ["whsec_5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b"],
}
S3: dict[str, Any] = {
    "storage": "s3",
    "s3_public_bucket": "pictures",
    "s3_private_bucket": "papers",
    "s3_access_key": "AKIA0123456789",
    "s3_secret_key": "0b1c2d3e4f5061728394a5b6c7d8e9f00b1c2d3e",
}
SQLITE = "sqlite:////srv/jishi.sqlite3"
UNSAFE: list[tuple[str, dict[str, Any]]] = [
    ("MARKETPLACE_ENVIRONMENT", {"environment": "local"}),
    ("MARKETPLACE_SECRET_KEY", {"secret_key": ""}),
    ("MARKETPLACE_SECRET_KEY", {"secret_key": "0f1e2d3c4b5a69788796a5b4c3d2e1f"}),
    ("MARKETPLACE_SECRET_KEY", {"secret_key": "a" * 40}),
    ("MARKETPLACE_SECRET_KEY", {"secret_key": "change-me-0f1e2d3c4b5a69788796a5b4c3"}),
    ("MARKETPLACE_AUDIT_KEY", {"audit_key": ""}),
    ("MARKETPLACE_AUDIT_KEY", {"audit_key": FIT["secret_key"]}),
    ("MARKETPLACE_PUBLIC_URL", {"public_url": "http://market.example.com"}),
    ("MARKETPLACE_PUBLIC_URL", {"public_url": "https://localhost"}),
    ("MARKETPLACE_PUBLIC_URL", {"public_url": "https://market.example.com/shop"}),
    ("MARKETPLACE_DATABASE_URL", {"database_url": SQLITE}),
    ("MARKETPLACE_REDIS_URL", {"redis_url": ""}),
    ("MARKETPLACE_REDIS_URL", {"redis_url": "redis://localhost/0"}),
    ("MARKETPLACE_REDIS_URL", {"redis_url": "redis://:word@redis.example.com/0"}),
    ("MARKETPLACE_ALLOWED_ORIGINS", {"allowed_origins": ["*"]}),
    ("MARKETPLACE_ALLOWED_ORIGINS", {"allowed_origins": ["http://market.example.com"]}),
    ("MARKETPLACE_TRANSPORT", {"transport": "polling"}),
    ("MARKETPLACE_DEBUG", {"debug": True}),
    ("MARKETPLACE_DEBUG", {"log_level": "debug"}),
    ("MARKETPLACE_LOG_FORMAT", {"log_format": "console"}),
    ("MARKETPLACE_DEMO", {"demo": True}),
    ("MARKETPLACE_FAULTS", {"faults": "mail:before"}),
    ("MARKETPLACE_S3_PRIVATE_BUCKET", S3 | {"s3_private_bucket": ""}),
    ("MARKETPLACE_S3_PRIVATE_BUCKET", S3 | {"s3_private_bucket": "pictures"}),
    ("MARKETPLACE_S3_SECRET_KEY", S3 | {"s3_secret_key": ""}),
    ("MARKETPLACE_S3_SECRET_KEY", S3 | {"s3_access_key": ""}),
    (
        "MARKETPLACE_S3_ENDPOINT",
        S3
        | {
            "s3_endpoint": "http://store.example.com",
            "s3_browser_endpoint": "https://files.example.com",
        },
    ),
    (
        "MARKETPLACE_S3_BROWSER_ENDPOINT",
        S3 | {"s3_browser_endpoint": "http://files.example.com"},
    ),
    ("MARKETPLACE_MEDIA_URL", {"media_url": "http://pictures.example.com"}),
    ("MARKETPLACE_STRIPE_BACKEND", {"stripe_backend": "sandbox"}),
    ("MARKETPLACE_STRIPE_SECRET_KEY", {"stripe_secret_key": ""}),
    ("MARKETPLACE_STRIPE_SECRET_KEY", {"stripe_secret_key": "sk_test_51a2b3c4d5e6f7a8b9"}),
    ("MARKETPLACE_STRIPE_WEBHOOK_SECRETS", {"stripe_webhook_secrets": []}),
    ("MARKETPLACE_STRIPE_WEBHOOK_SECRETS", {"stripe_webhook_secrets": ["whsec_short"]}),
    ("MARKETPLACE_STRIPE_API_URL", {"stripe_api_url": "https://elsewhere.example.com"}),
    ("MARKETPLACE_MAILER", {"mailer": "folder"}),
    ("MARKETPLACE_SMTP_SECURITY", {"smtp_security": "none"}),
    ("MARKETPLACE_MAIL_FROM", {"mail_from": "Jishi <no-reply@localhost>"}),
]
UNSAFE_SURROUNDINGS = [
    ("REFLEX_TELEMETRY_ENABLED", {"REFLEX_TELEMETRY_ENABLED": "true"}),
    ("REFLEX_ADD_ALL_ROUTES_ENDPOINT", {"REFLEX_ADD_ALL_ROUTES_ENDPOINT": "1"}),
    ("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", {"GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN": "x"}),
]


def with_settings(**changed: Any) -> Settings:
    return Settings(**(FIT | changed))


def test_a_fit_configuration_starts() -> None:
    assert faults(with_settings(), {}) == []
    assert faults(with_settings(**S3), {}) == []
    require_fit(with_settings())


@pytest.mark.parametrize(("variable", "changed"), UNSAFE, ids=str)
def test_one_unsafe_setting_is_refused_by_its_name(variable: str, changed: dict[str, Any]) -> None:
    found = faults(with_settings(**changed), {})

    is_plain = str(changed.get("public_url")).startswith("http:")  # no origin to come from, either
    also = {"MARKETPLACE_ALLOWED_ORIGINS"} if is_plain else set()
    assert {fault.variable for fault in found} == {variable} | also


@pytest.mark.parametrize(("variable", "environ"), UNSAFE_SURROUNDINGS, ids=str)
def test_an_unsafe_variable_of_the_surroundings_is_refused(
    variable: str, environ: dict[str, str]
) -> None:
    assert [fault.variable for fault in faults(with_settings(), environ)] == [variable]


def test_every_check_is_seen_to_refuse_something() -> None:
    tried = {variable for variable, _ in [*UNSAFE, *UNSAFE_SURROUNDINGS]}

    assert {check.variable for check in CHECKS} == tried


def test_a_production_start_with_a_fault_stops_and_tells_no_value() -> None:
    with pytest.raises(SystemExit) as stopped:
        require_fit(with_settings(secret_key="short-and-secret", demo=True))

    told = str(stopped.value)
    assert [line.split()[0] for line in told.splitlines()] == [
        "MARKETPLACE_SECRET_KEY",
        "MARKETPLACE_DEMO",
    ]
    assert "short-and-secret" not in told


def test_elsewhere_the_same_settings_start() -> None:
    require_fit(with_settings(environment="local", demo=True))

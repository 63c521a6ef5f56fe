"""What production must not run with (reference/security.md SEC-48). One fault, one sentence."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from marketplace.settings import Environment, Settings

SHORTEST_SECRET = 32
SAMPLES = ("change-me", "changeme", "secret", "example", "sample")
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1", ""})


@dataclass(frozen=True, slots=True)
class Fault:
    """`variable` is at fault; the sentence never repeats its value."""

    variable: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Check:
    variable: str
    sentence: str
    is_broken: Callable[[Settings, Mapping[str, str]], bool]


def faults(settings: Settings, environ: Mapping[str, str] = os.environ) -> list[Fault]:
    """Everything unsafe for production in these settings; empty means fit to go."""
    return [
        Fault(check.variable, check.sentence)
        for check in CHECKS
        if check.is_broken(settings, environ)
    ]


def require_fit(settings: Settings) -> None:
    """Stop a production start with unsafe settings: one line per fault. Raises SystemExit."""
    found = faults(settings) if settings.is_production else []
    if found:
        raise SystemExit("\n".join(f"{fault.variable} {fault.sentence}" for fault in found))


def _is_weak(secret: str) -> bool:
    return (
        len(secret) < SHORTEST_SECRET
        or len(set(secret)) < SHORTEST_SECRET // 4
        or any(sample in secret.lower() for sample in SAMPLES)
    )


def _redis_is_open(settings: Settings) -> bool:
    url = urlsplit(settings.redis_url.get_secret_value())
    is_remote = (url.hostname or "") not in LOCAL_HOSTS
    return bool(url.netloc) and (not url.password or (is_remote and url.scheme != "rediss"))


def _lacks_buckets(settings: Settings) -> bool:
    public, private = settings.s3_public_bucket, settings.s3_private_bucket
    return settings.storage == "s3" and (not public or not private or public == private)


def _is_plain(address: str) -> bool:
    """Not https, and not on this machine."""
    parts = urlsplit(address)
    return bool(address) and parts.scheme != "https" and (parts.hostname or "") not in LOCAL_HOSTS


def _has_weak_hook(settings: Settings) -> bool:
    secrets = [secret.get_secret_value() for secret in settings.stripe_webhook_secrets]
    return any(not secret.startswith("whsec_") or _is_weak(secret) for secret in secrets)


CHECKS: tuple[Check, ...] = (
    Check(
        "MARKETPLACE_ENVIRONMENT",
        "must be 'production'.",
        lambda s, _: s.environment is not Environment.PRODUCTION,
    ),
    Check(
        "MARKETPLACE_SECRET_KEY",
        "needs at least 32 random characters of its own.",
        lambda s, _: _is_weak(s.secret_key.get_secret_value()),
    ),
    Check(
        "MARKETPLACE_AUDIT_KEY",
        "needs at least 32 random characters, other than the secret key.",
        lambda s, _: (
            _is_weak(s.audit_key.get_secret_value())
            or s.audit_key.get_secret_value() == s.secret_key.get_secret_value()
        ),
    ),
    Check(
        "MARKETPLACE_PUBLIC_URL",
        "must be an https:// address with a host name and nothing after it.",
        lambda s, _: (
            not s.is_https
            or (urlsplit(s.public_url).hostname or "") in LOCAL_HOSTS
            or urlsplit(s.public_url).path not in ("", "/")
        ),
    ),
    Check(
        "MARKETPLACE_DATABASE_URL",
        "must name a PostgreSQL database when there is more than one worker.",
        lambda s, _: s.workers > 1 and s.database.startswith("sqlite"),
    ),
    Check(
        "MARKETPLACE_REDIS_URL",
        "must be set when there is more than one worker.",
        lambda s, _: s.workers > 1 and not s.redis_url.get_secret_value(),
    ),
    Check(
        "MARKETPLACE_REDIS_URL",
        "needs a password, and rediss:// when it is on another host.",
        lambda s, _: _redis_is_open(s),
    ),
    Check(
        "MARKETPLACE_S3_PRIVATE_BUCKET",
        "and MARKETPLACE_S3_PUBLIC_BUCKET must name two different buckets.",
        lambda s, _: _lacks_buckets(s),
    ),
    Check(
        "MARKETPLACE_S3_SECRET_KEY",
        "and MARKETPLACE_S3_ACCESS_KEY must both be set, and be no sample.",
        lambda s, _: (
            s.storage == "s3"
            and (
                not s.s3_access_key.get_secret_value()
                or not s.s3_secret_key.get_secret_value()
                or any(part in s.s3_secret_key.get_secret_value().lower() for part in SAMPLES)
            )
        ),
    ),
    Check(
        "MARKETPLACE_S3_ENDPOINT",
        "must be an https:// address unless it is on this machine.",
        lambda s, _: s.storage == "s3" and _is_plain(s.s3_endpoint),
    ),
    Check(
        "MARKETPLACE_S3_BROWSER_ENDPOINT",
        "must be an https:// address: documents pass over it.",
        lambda s, _: s.storage == "s3" and not s.upload_origin.startswith("https://"),
    ),
    Check(
        "MARKETPLACE_MEDIA_URL",
        "must be an https:// address.",
        lambda s, _: bool(s.media_url) and not s.media_url.startswith("https://"),
    ),
    Check(
        "MARKETPLACE_ALLOWED_ORIGINS",
        "may list https:// origins only, never '*'.",
        lambda s, _: any(
            not origin.startswith("https://") or "*" in origin for origin in s.origins
        ),
    ),
    Check(
        "MARKETPLACE_TRANSPORT",
        "must be 'websocket': polling switches the origin check off.",
        lambda s, _: s.transport != "websocket",
    ),
    Check("MARKETPLACE_DEBUG", "must be off.", lambda s, _: s.debug or s.log_level == "debug"),
    Check("MARKETPLACE_LOG_FORMAT", "must be 'json'.", lambda s, _: s.log_format != "json"),
    Check("MARKETPLACE_DEMO", "must be off: it shows second factors.", lambda s, _: s.demo),
    Check("MARKETPLACE_FAULTS", "must be empty.", lambda s, _: bool(s.faults)),
    Check(
        "MARKETPLACE_STRIPE_BACKEND",
        "must be 'stripe': the sandbox moves no money.",
        lambda s, _: s.stripe_backend != "stripe",
    ),
    Check(
        "MARKETPLACE_STRIPE_SECRET_KEY",
        "must be a live key: sk_live_… or rk_live_….",
        lambda s, _: (
            not s.stripe_secret_key.get_secret_value().startswith(("sk_live_", "rk_live_"))
        ),
    ),
    Check(
        "MARKETPLACE_STRIPE_WEBHOOK_SECRETS",
        "must list the whsec_… secret of the webhook endpoint.",
        lambda s, _: not s.stripe_webhook_secrets or _has_weak_hook(s),
    ),
    Check(
        "MARKETPLACE_STRIPE_API_URL",
        "must be empty: it leads payments elsewhere.",
        lambda s, _: bool(s.stripe_api_url),
    ),
    Check("MARKETPLACE_MAILER", "must be 'smtp'.", lambda s, _: s.mailer != "smtp"),
    Check(
        "MARKETPLACE_SMTP_SECURITY",
        "must be 'starttls' or 'tls' when the mail server is elsewhere.",
        lambda s, _: s.smtp_security == "none" and s.smtp_host not in LOCAL_HOSTS,
    ),
    Check(
        "MARKETPLACE_MAIL_FROM",
        "needs an address people can answer to, not localhost.",
        lambda s, _: "@" not in s.mail_from or "localhost" in s.mail_from,
    ),
    Check(
        "REFLEX_TELEMETRY_ENABLED",
        "must not be switched on.",
        lambda _, e: e.get("REFLEX_TELEMETRY_ENABLED", "false").lower() in ("1", "true", "yes"),
    ),
    Check(
        "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN",
        "must not be set: it opens a sign-in helper.",
        lambda _, e: any(name.startswith("GITHUB_CODESPACES_") for name in e),
    ),
    Check(
        "REFLEX_ADD_ALL_ROUTES_ENDPOINT",
        "must not be set: it lists every route.",
        lambda _, e: (
            e.get("REFLEX_ADD_ALL_ROUTES_ENDPOINT", "false").lower() in ("1", "true", "yes")
        ),
    ),
)

"""How we reach out: each port has a real and a local version, chosen by settings."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marketplace.integrations.disk_storage import DiskStorage
from marketplace.integrations.fetch import GuardedFetcher
from marketplace.integrations.folder_mail import FolderMailer, read_text
from marketplace.integrations.smtp_mail import SmtpMailer
from marketplace.integrations.throttle import Throttle
from marketplace.kit import clock
from marketplace.ports import Fetcher, Mailer, ObjectStorage, PaymentGateway
from marketplace.settings import settings

if TYPE_CHECKING:
    from marketplace.integrations.stripe_sandbox import Sandbox

SANDBOX_PAGE = "/pay/sandbox"  # the hosted page, with the session's id behind it
WEBHOOKS = "/webhooks/stripe"  # where Stripe and the sandbox tell what happened
SANDBOX_KEY = "sk_test_sandbox"


@cache
def mailer() -> Mailer:
    chosen = settings()
    if chosen.mailer == "folder":
        return FolderMailer(mail_folder(), chosen.mail_from)
    return SmtpMailer(
        chosen.smtp_host,
        chosen.smtp_port,
        chosen.mail_from,
        chosen.smtp_security,
        chosen.smtp_user,
        chosen.smtp_password.get_secret_value(),
    )


def mail_folder() -> Path:
    """Where local mail lands."""
    return settings().data_dir / "mail"


def local_text(mail_id: str) -> str:
    """The plain text of a letter in the local folder, links and all; empty in production,
    where letters leave this machine and their links are nobody's business."""
    if settings().is_production or settings().mailer != "folder":
        return ""
    return read_text(mail_folder() / f"{mail_id}.eml")


@cache
def storage() -> ObjectStorage:
    chosen = settings()
    if chosen.storage == "disk":
        return disk_storage()
    from marketplace.integrations.s3_storage import S3Storage  # noqa: PLC0415  boto3 takes half a second

    return S3Storage(
        endpoint=chosen.s3_endpoint,
        browser_endpoint=chosen.s3_browser_endpoint,
        region=chosen.s3_region,
        public_bucket=chosen.s3_public_bucket,
        private_bucket=chosen.s3_private_bucket,
        access_key=chosen.s3_access_key.get_secret_value(),
        secret_key=chosen.s3_secret_key.get_secret_value(),
    )


def disk_storage() -> DiskStorage:
    """The data folder's files; the routes that stand in for an object store use it, too."""
    return DiskStorage(settings().data_dir / "files", settings().key())


@cache
def fetcher() -> Fetcher:
    return GuardedFetcher()


@cache
def throttle() -> Throttle:
    """The one counter of this process; it is the `ports.RateLimiter` of every edge."""
    return Throttle(settings().redis_url.get_secret_value())


@cache
def payments() -> PaymentGateway:
    """Stripe or the sandbox, by the same class (D12). Raises `SandboxRefused` in production."""
    from marketplace.integrations.stripe_gateway import StripeGateway  # noqa: PLC0415  the SDK is large

    chosen = settings()
    secrets = tuple(secret.get_secret_value() for secret in chosen.stripe_webhook_secrets)
    key = chosen.stripe_secret_key.get_secret_value()
    if chosen.stripe_backend == "stripe" or chosen.stripe_api_url:
        return StripeGateway(
            key or SANDBOX_KEY,
            webhook_secrets=secrets,
            methods=tuple(chosen.stripe_methods),
            api_url=chosen.stripe_api_url,
        )
    from marketplace.integrations.stripe_sandbox import InProcessClient  # noqa: PLC0415  the same

    return StripeGateway(
        key or SANDBOX_KEY,
        webhook_secrets=(*secrets, sandbox_secret()),
        methods=tuple(chosen.stripe_methods),
        client=InProcessClient(sandbox()),
    )


@cache
def sandbox() -> "Sandbox":
    """The payment sandbox of this process; its file is apart from ours, as the world's is."""
    from marketplace.integrations.stripe_sandbox import (  # noqa: PLC0415  the SDK is large
        Sandbox,
        require_sandbox,
    )

    chosen = settings()
    require_sandbox(chosen)
    return Sandbox(chosen.data_dir / "sandbox.sqlite3", chosen.public_url + SANDBOX_PAGE)


def sandbox_secret() -> str:
    """Signs what the sandbox tells this server; the endpoint is made when first asked for."""
    from marketplace.integrations.stripe_sandbox import controls  # noqa: PLC0415  the SDK is large

    return controls.endpoint_secret(sandbox(), settings().public_url + WEBHOOKS, clock.now())

"""Every setting, typed, read once from `MARKETPLACE_…` variables or `.env` (see `.env.example`)."""

import secrets
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(StrEnum):
    LOCAL = "local"
    TEST = "test"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """What an operator may decide. `settings.checks` refuses unsafe values in production."""

    model_config = SettingsConfigDict(
        env_prefix="MARKETPLACE_", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    environment: Environment = Environment.LOCAL
    name: str = Field("Jishi", description="The marketplace's name, as people see it.")
    public_url: str = Field("", description="Scheme, host and port. Empty: localhost and the port.")
    host: str = Field("127.0.0.1", description="The address the server listens on.")
    port: int = Field(3000, ge=1, le=65535)
    workers: int = Field(1, ge=1, le=64, description="Server processes; more than 1 needs Redis.")
    time_zone: str = Field("Asia/Shanghai", description="Where days begin and end.")
    currency: str = Field("CNY", description="ISO 4217 code of all prices.")

    data_dir: Path = Field(Path("var"), description="Local database, mails and files live here.")
    database_url: str = Field("", description="Empty: an SQLite file in the data folder.")
    redis_url: SecretStr = Field(SecretStr(""), description="Empty: one process, in memory.")
    secret_key: SecretStr = Field(SecretStr(""), description="At least 32 random bytes.")
    audit_key: SecretStr = Field(SecretStr(""), description="Seals the audit chain; 32 bytes.")

    storage: Literal["disk", "s3"] = "disk"
    s3_endpoint: str = Field("", description="Empty: Amazon's own address of the region.")
    s3_browser_endpoint: str = Field("", description="Empty: browsers use the same endpoint.")
    s3_region: str = "us-east-1"
    s3_public_bucket: str = Field("", description="Holds the pictures anybody may see.")
    s3_private_bucket: str = Field("", description="Holds originals, documents and exports.")
    s3_access_key: SecretStr = SecretStr("")
    s3_secret_key: SecretStr = SecretStr("")
    media_url: str = Field("", description="Where browsers load pictures; empty: from this server.")

    mailer: Literal["folder", "smtp"] = "folder"
    mail_from: str = "Jishi <no-reply@localhost>"
    smtp_host: str = "localhost"
    smtp_port: int = Field(25, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_security: Literal["none", "starttls", "tls"] = "starttls"

    stripe_backend: Literal["sandbox", "stripe"] = Field(
        "sandbox", description="Who takes payments: our own sandbox, or Stripe."
    )
    stripe_secret_key: SecretStr = Field(SecretStr(""), description="Empty only for the sandbox.")
    stripe_webhook_secrets: list[SecretStr] = Field(
        [], description="More than one while a secret is being changed."
    )
    stripe_api_url: str = Field("", description="Empty: Stripe's own, or within this process.")
    stripe_methods: list[Literal["card", "alipay", "wechat_pay"]] = Field(
        ["card", "alipay", "wechat_pay"], min_length=1, description="What buyers may pay with."
    )

    trusted_proxy_hops: int = Field(0, ge=0, le=5, description="Proxies whose headers count.")
    transport: Literal["websocket", "polling"] = "websocket"
    allowed_origins: list[str] = Field([], description="Empty: only the public address.")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Who may read /metrics; empty: only this machine."
    )
    run_jobs: bool = Field(True, description="Run the timer and workers inside the server.")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console"] = "json"
    debug: bool = False
    demo: bool = Field(False, description="Shows demo people their codes; never in production.")
    faults: str = Field("", description="Fault plan of the tests; never set in production.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        self.public_url = self.public_url.rstrip("/") or f"http://localhost:{self.port}"
        self.media_url = self.media_url.rstrip("/")
        return self

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def origins(self) -> list[str]:
        """Where browsers may come from, for the socket and for forms."""
        return self.allowed_origins or [self.public_url]

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_dir / 'jishi.sqlite3').absolute()}"

    @property
    def upload_origin(self) -> str:
        """The origin browsers send files to and read private ones from, if it is not ours."""
        if self.storage == "disk":
            return ""
        return _origin(self.s3_browser_endpoint or self.s3_endpoint or self._amazon)

    @property
    def media_origin(self) -> str:
        """The origin of public pictures, if it is not ours."""
        return _origin(self.media_url) if self.media_url else ""

    @property
    def _amazon(self) -> str:
        return f"https://s3.{self.s3_region}.amazonaws.com"

    @property
    def session_cookie(self) -> str:
        """`__Host-` binds the cookie to this host over https; plain http has no such thing."""
        return "__Host-sid" if self.is_https else "sid"

    def key(self) -> bytes:
        """The secret that signs and seals. Locally it is made once and kept in the data folder."""
        return (self.secret_key.get_secret_value() or self._local_secret("secret.key")).encode()

    def chain_key(self) -> bytes:
        """The secret of the audit chain, kept apart from `key` so that neither reveals the other."""
        return (self.audit_key.get_secret_value() or self._local_secret("audit.key")).encode()

    def _local_secret(self, name: str) -> str:
        if self.is_production:
            raise RuntimeError(f"production needs its own secret instead of {name}")
        path = self.data_dir / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48))
            try:
                path.hardlink_to(fresh)  # the first of two starting processes wins
            except FileExistsError:
                pass
            fresh.unlink()
        return path.read_text()


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


@cache
def settings() -> Settings:
    return Settings()

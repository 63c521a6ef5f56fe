"""Random secrets that are shown once and kept only as hashes, and proofs that a form is ours."""

import hashlib
import hmac
import secrets

from marketplace.kit.sealing import derive

TOKEN_BYTES = 32


def new_token() -> str:
    """256 random bits, safe in a URL and a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """SHA-256 in hexadecimal: enough for a secret of 256 random bits, and quick to look up."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def form_proof(key: bytes, session_token: str) -> str:
    """What a form must carry to prove that this session's page wrote it (SEC-13)."""
    return hmac.new(derive(key, "form"), session_token.encode(), hashlib.sha256).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Compare secrets without telling by the time taken how much of them agreed."""
    return hmac.compare_digest(
        one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass")
    )

"""A real S3 API on this machine (moto's server) behind a guard as strict as the real one.

moto keeps objects as S3 does, but believes every signature; the guard in front of it checks those of
addresses and forms, their expiry and their conditions, as Amazon documents them (Signature V4).
"""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, quote

import boto3
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

REGION, ACCESS, SECRET = "eu-central-1", "AKIATESTTESTTEST", "test-secret-of-nobody-0123456789"
PUBLIC, PRIVATE = "pictures", "papers"


@dataclass(frozen=True)
class ObjectStore:
    url: str
    client: Any

    def empty(self) -> None:
        for bucket in (PUBLIC, PRIVATE):
            for found in self.client.list_objects_v2(Bucket=bucket).get("Contents", ()):
                self.client.delete_object(Bucket=bucket, Key=found["Key"])

    def settings(self) -> dict[str, str]:
        return {
            "MARKETPLACE_STORAGE": "s3",
            "MARKETPLACE_S3_ENDPOINT": self.url,
            "MARKETPLACE_S3_REGION": REGION,
            "MARKETPLACE_S3_PUBLIC_BUCKET": PUBLIC,
            "MARKETPLACE_S3_PRIVATE_BUCKET": PRIVATE,
            "MARKETPLACE_S3_ACCESS_KEY": ACCESS,
            "MARKETPLACE_S3_SECRET_KEY": SECRET,
        }


def started() -> tuple[ObjectStore, Any]:
    """The store with its two buckets, and what shuts it down."""
    guard = _Guard(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, guard, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    client = boto3.session.Session().client(
        "s3",
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id=ACCESS,
        aws_secret_access_key=SECRET,
    )
    for bucket in (PUBLIC, PRIVATE):
        client.create_bucket(
            Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
    return ObjectStore(url, client), server.shutdown


class _Forbidden(Exception):
    """What S3 answers with AccessDenied, or a policy's condition that failed."""


class _Guard:
    def __init__(self, store: Any) -> None:
        self.store = store

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        try:
            if request.method == "POST" and request.mimetype == "multipart/form-data":
                return self._take_form(request)(environ, start_response)
            if "X-Amz-Signature" in request.args:
                check_address(request)
            elif "Authorization" not in request.headers and not _is_public(request):
                raise _Forbidden("no signature")
        except _Forbidden as refused:
            return Response(f"<Error><Code>AccessDenied</Code>{refused}</Error>", 403)(
                environ, start_response
            )
        return self.store(environ, start_response)

    def _take_form(self, request: Request) -> Response:
        bucket = request.path.strip("/")
        with request:  # or the file stays open when it is refused
            content = request.files["file"].read()
            check_form(bucket, request.form, len(content))
        _client(request).put_object(
            Bucket=bucket,
            Key=request.form["key"],
            Body=content,
            ContentType=request.form["Content-Type"],
        )
        return Response(status=204)


def check_address(request: Request) -> None:
    """A presigned address: its signature, its time, and nothing added to it."""
    words = dict(request.args)
    signature = words.pop("X-Amz-Signature")
    issued = datetime.strptime(words["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    if datetime.now(UTC) > issued + timedelta(seconds=int(words["X-Amz-Expires"])):
        raise _Forbidden("Request has expired")
    asked = parse_qsl(request.query_string.decode(), keep_blank_values=True)
    pairs = sorted((quote(k, safe="~"), quote(v, safe="~")) for k, v in asked if k in words)
    canonical = "\n".join(
        [
            request.method,
            quote(request.path, safe="/~"),
            "&".join(f"{name}={value}" for name, value in pairs),
            f"host:{request.host}",
            "",
            "host",
            "UNSIGNED-PAYLOAD",
        ]
    )
    scope = words["X-Amz-Credential"].partition("/")[2]
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    told = "\n".join(["AWS4-HMAC-SHA256", words["X-Amz-Date"], scope, digest])
    if not hmac.compare_digest(signature, _signed(scope, told)):
        raise _Forbidden("SignatureDoesNotMatch")


def check_form(bucket: str, form: Mapping[str, str], size: int) -> None:
    """A presigned form: its signature, its time, and every condition of its policy."""
    scope = form["x-amz-credential"].partition("/")[2]
    if not hmac.compare_digest(form["x-amz-signature"], _signed(scope, form["policy"])):
        raise _Forbidden("SignatureDoesNotMatch")
    policy = json.loads(base64.b64decode(form["policy"]))
    if datetime.now(UTC) > datetime.fromisoformat(policy["expiration"]):
        raise _Forbidden("Policy expired")
    told, covered = {"bucket": bucket, **form}, {"policy", "x-amz-signature"}
    for condition in policy["conditions"]:
        if isinstance(condition, list) and condition[0] == "content-length-range":
            if not condition[1] <= size <= condition[2]:
                raise _Forbidden("EntityTooLarge")
            continue
        pairs = (
            condition.items() if isinstance(condition, dict) else [(condition[1][1:], condition[2])]
        )
        for name, value in pairs:
            covered.add(name)
            if told.get(name) != value:
                raise _Forbidden(f"condition failed: {name}")
    if extra := form.keys() - covered:
        raise _Forbidden(f"extra fields: {sorted(extra)}")


def _signed(scope: str, told: str) -> str:
    key = b"AWS4" + SECRET.encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()


def _is_public(request: Request) -> bool:
    return request.method == "GET" and request.path.startswith(f"/{PUBLIC}/public/")


def _client(request: Request) -> Any:
    return boto3.session.Session().client(
        "s3",
        endpoint_url=request.host_url,
        region_name=REGION,
        aws_access_key_id=ACCESS,
        aws_secret_access_key=SECRET,
    )

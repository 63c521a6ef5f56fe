"""Files in an S3-compatible object store: public pictures in one bucket, the rest in another."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, BinaryIO, cast
from urllib.parse import quote

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from marketplace.ports import UploadForm

PUBLIC = "public/"
IMMUTABLE = "public, max-age=31536000, immutable"
MISSING = frozenset({"NoSuchKey", "404", "NotFound"})
IN_MEMORY = 1_000_000  # bytes of a file before it is written to a temporary one


@dataclass(frozen=True)
class S3Storage:
    """`browser_endpoint` is where browsers reach the store; the server uses `endpoint`."""

    endpoint: str
    browser_endpoint: str
    region: str
    public_bucket: str
    private_bucket: str
    access_key: str
    secret_key: str

    def __repr__(self) -> str:
        return f"S3Storage({self.private_bucket!r})"

    def write(self, key: str, chunks: Iterable[bytes], content_type: str = "") -> int:
        size = 0
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
            for chunk in chunks:
                size += file.write(chunk)
            file.seek(0)
            extra = {"ContentType": content_type or "application/octet-stream"}
            if key.startswith(PUBLIC):
                extra["CacheControl"] = IMMUTABLE
            self._client.put_object(Bucket=self._bucket(key), Key=key, Body=file, **extra)
        return size

    def open(self, key: str) -> BinaryIO:
        try:
            found = self._client.get_object(Bucket=self._bucket(key), Key=key)
        except ClientError as refused:
            raise _missing(refused, key) from None
        return cast(BinaryIO, found["Body"])

    def size(self, key: str) -> int:
        try:
            found = self._client.head_object(Bucket=self._bucket(key), Key=key)
        except ClientError as refused:
            raise _missing(refused, key) from None
        return int(found["ContentLength"])

    def delete(self, key: str) -> None:
        self._client.delete_object(Bucket=self._bucket(key), Key=key)

    def keys(self, prefix: str) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket(prefix), Prefix=prefix):
            for found in page.get("Contents", ()):
                yield found["Key"]

    def permit_upload(
        self, key: str, *, content_type: str, least: int, most: int, seconds: int
    ) -> UploadForm:
        made = self._for_browsers.generate_presigned_post(
            self._bucket(key),
            key,
            Fields={"Content-Type": content_type},
            Conditions=[
                {"Content-Type": content_type},
                ["content-length-range", least, most],
            ],
            ExpiresIn=seconds,
        )
        return UploadForm(made["url"], dict(made["fields"]))

    def read_address(self, key: str, *, name: str, content_type: str, seconds: int) -> str:
        return str(
            self._for_browsers.generate_presigned_url(
                "get_object",
                Params={
                    "Bucket": self._bucket(key),
                    "Key": key,
                    "ResponseContentType": content_type,
                    "ResponseContentDisposition": f"attachment; filename*=UTF-8''{quote(name)}",
                    "ResponseCacheControl": "private, no-store",
                },
                ExpiresIn=seconds,
            )
        )

    def is_ready(self) -> bool:
        """Whether a file can be written right now."""
        try:
            self.write("private/ready", [b"ready"])
        except (ClientError, BotoCoreError):
            return False
        return True

    def _bucket(self, key: str) -> str:
        return self.public_bucket if key.startswith(PUBLIC) else self.private_bucket

    @cached_property
    def _client(self) -> Any:
        return self._connected(self.endpoint)

    @cached_property
    def _for_browsers(self) -> Any:
        """Signs addresses only; it never connects."""
        return self._connected(self.browser_endpoint or self.endpoint)

    def _connected(self, endpoint: str) -> Any:
        return boto3.session.Session().client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=self.region,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 3, "mode": "standard"},
            ),
        )


def _missing(refused: ClientError, key: str) -> Exception:
    is_missing = refused.response.get("Error", {}).get("Code") in MISSING
    return FileNotFoundError(key) if is_missing else refused

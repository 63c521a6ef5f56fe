"""The object store: two buckets, and addresses that allow exactly one thing for a short time (SEC-38)."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine
from botocore.exceptions import ClientError

from marketplace.integrations.s3_storage import S3Storage
from marketplace.ports import ObjectStorage, UploadForm
from tests.make.object_store import PRIVATE, PUBLIC, ObjectStore

KEY = "private/incoming/0123456789abcdef"
LIMITS: dict[str, Any] = {
    "content_type": "image/jpeg",
    "least": 1,
    "most": 1000,
    "seconds": 900,
}


def content(storage: ObjectStorage, key: str) -> bytes:
    with storage.open(key) as file:
        return file.read()


def send(form: UploadForm, data: bytes = b"x" * 10, **changed: str) -> int:
    fields = form.fields | changed
    return httpx.post(form.url, data=fields, files={"file": ("file", data)}).status_code


def keys_of(s3: ObjectStorage) -> list[str]:
    return list(s3.keys("private/"))


def test_what_is_written_is_read_counted_and_listed(s3: ObjectStorage) -> None:
    assert s3.write("private/exports/a.csv", [b"ab", b"c"]) == 3
    s3.write("private/exports/b.csv", [b""])

    assert content(s3, "private/exports/a.csv") == b"abc"
    assert s3.size("private/exports/a.csv") == 3
    assert list(s3.keys("private/exports/")) == ["private/exports/a.csv", "private/exports/b.csv"]


def test_what_is_not_there_is_told_as_on_disk(s3: ObjectStorage) -> None:
    for deed in (s3.open, s3.size):
        with pytest.raises(FileNotFoundError):
            deed("private/none")
    s3.delete("private/none")


def test_deleting_is_for_good(s3: ObjectStorage) -> None:
    s3.write(KEY, [b"x"])
    s3.delete(KEY)

    assert keys_of(s3) == []


def test_pictures_and_papers_lie_in_different_buckets(
    s3: ObjectStorage, store: ObjectStore
) -> None:
    s3.write("public/a/160.webp", [b"face"], "image/webp")
    s3.write(KEY, [b"paper"])

    face = store.client.get_object(Bucket=PUBLIC, Key="public/a/160.webp")
    assert (face["ContentType"], face["CacheControl"]) == (
        "image/webp",
        "public, max-age=31536000, immutable",
    )
    assert store.client.get_object(Bucket=PRIVATE, Key=KEY)["Body"].read() == b"paper"
    with pytest.raises(ClientError):
        store.client.head_object(Bucket=PUBLIC, Key=KEY)


def test_a_permit_lets_one_file_in(s3: ObjectStorage) -> None:
    assert send(s3.permit_upload(KEY, **LIMITS)) == 204
    assert content(s3, KEY) == b"x" * 10


@pytest.mark.parametrize(
    ("data", "changed"),
    [
        (b"x" * 10, {"key": "private/kyc/per_bob/x"}),
        (b"x" * 10, {"key": "public/a/160.webp"}),
        (b"x" * 10, {"Content-Type": "text/html"}),
        (b"x" * 10, {"acl": "public-read"}),
        (b"x" * 10, {"x-amz-signature": "0" * 64}),
        (b"x" * 1001, {}),
        (b"", {}),
    ],
    ids=["another key", "a public key", "another type", "public", "forged", "too large", "empty"],
)
def test_a_permit_lets_nothing_else_in(
    s3: ObjectStorage, data: bytes, changed: dict[str, str]
) -> None:
    assert send(s3.permit_upload(KEY, **LIMITS), data, **changed) == 403
    assert keys_of(s3) == []


def test_a_permit_ends(s3: ObjectStorage) -> None:
    form = s3.permit_upload(KEY, **LIMITS)

    with time_machine.travel(_in(seconds=901)):
        assert send(form) == 403
    assert keys_of(s3) == []


def test_a_signed_address_gives_the_file_as_an_attachment(s3: ObjectStorage) -> None:
    s3.write(KEY, [b"paper"])
    answer = httpx.get(_address(s3))

    assert (answer.status_code, answer.content) == (200, b"paper")
    assert (
        answer.headers["content-disposition"]
        == "attachment; filename*=UTF-8''%E6%89%A7%E7%85%A7.pdf"
    )
    assert answer.headers["content-type"] == "application/pdf"


def test_a_signed_address_is_good_for_a_minute(s3: ObjectStorage) -> None:
    s3.write(KEY, [b"paper"])
    address = _address(s3)

    with time_machine.travel(_in(seconds=59)):
        assert httpx.get(address).status_code == 200
    with time_machine.travel(_in(seconds=61)):
        assert httpx.get(address).status_code == 403


def test_an_address_opens_no_other_file_and_none_opens_without(s3: ObjectStorage) -> None:
    s3.write(KEY, [b"paper"])
    s3.write("private/incoming/other", [b"paper"])
    address = _address(s3)

    for wrong in (
        address.replace("0123456789abcdef", "other"),
        address.replace("application%2Fpdf", "text%2Fhtml"),
        address.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"),
        address.partition("?")[0],
    ):
        assert wrong != address
        assert httpx.get(wrong).status_code == 403


def test_a_store_that_does_not_answer_is_not_ready(s3: ObjectStorage) -> None:
    assert s3.is_ready()

    assert not S3Storage("http://127.0.0.1:9", "", "x", "a", "b", "key", "secret").is_ready()


def test_the_secret_is_not_in_what_is_logged(s3: ObjectStorage) -> None:
    assert "secret" not in repr(s3)


def _address(s3: ObjectStorage) -> str:
    return s3.read_address(KEY, name="执照.pdf", content_type="application/pdf", seconds=60)


def _in(seconds: int) -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC) + timedelta(seconds=seconds)

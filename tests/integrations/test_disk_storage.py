"""Files on disk: whole or not at all, and never outside their folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.integrations.disk_storage import BadKey, DiskStorage


@pytest.fixture
def storage(tmp_path: Path) -> DiskStorage:
    return DiskStorage(tmp_path / "files")


def content(storage: DiskStorage, key: str) -> bytes:
    with storage.open(key) as file:
        return file.read()


def test_what_is_written_is_read(storage: DiskStorage) -> None:
    assert storage.write("private/exports/a.csv", [b"ab", b"c"]) == 3
    assert content(storage, "private/exports/a.csv") == b"abc"


def test_an_interrupted_write_leaves_the_old_file_and_no_other(storage: DiskStorage) -> None:
    storage.write("a/b", [b"old"])

    def broken() -> Iterator[bytes]:
        yield b"new"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        storage.write("a/b", broken())
    assert content(storage, "a/b") == b"old"
    assert [file.name for file in (storage.folder / "a").iterdir()] == ["b"]


def test_deleting_twice_is_fine(storage: DiskStorage) -> None:
    storage.write("a", [b"x"])
    storage.delete("a")
    storage.delete("a")
    with pytest.raises(FileNotFoundError):
        storage.open("a")


@pytest.mark.parametrize(
    "key",
    ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/./b", ".hidden", "a/", "a\\b", "a\0b", "a b", "~/x",
     "a" * 101, "/".join("a" * 9), "a\n"],
)  # fmt: skip
def test_a_key_that_climbs_is_refused(storage: DiskStorage, key: str) -> None:
    for deed in (storage.open, storage.delete, lambda k: storage.write(k, [b""])):
        with pytest.raises(BadKey):
            deed(key)


def test_a_link_out_of_the_folder_is_refused(storage: DiskStorage, tmp_path: Path) -> None:
    storage.write("a/b", [b"x"])
    (storage.folder / "out").symlink_to(tmp_path)
    with pytest.raises(BadKey):
        storage.write("out/x", [b"x"])


def test_private_files_are_the_servers_only(storage: DiskStorage) -> None:
    storage.write("private/a", [b"x"])
    assert (storage.folder / "private/a").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert DiskStorage(tmp_path / "files").is_ready()
    assert not DiskStorage(tmp_path / "file").is_ready()

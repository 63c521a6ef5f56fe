"""A disk and a real S3 API, which must promise the same."""

from pathlib import Path

import pytest

from marketplace import integrations
from marketplace.ports import ObjectStorage
from marketplace.settings import settings
from tests.make.moments import FrozenClock
from tests.make.object_store import ObjectStore
from tests.make.till import Till


@pytest.fixture
def store(running_store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    """An empty object store, which the settings name."""
    running_store.empty()
    for name, value in running_store.settings().items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    integrations.storage.cache_clear()
    return running_store


@pytest.fixture
def s3(store: ObjectStore) -> ObjectStorage:
    return integrations.storage()


@pytest.fixture
def till(tmp_path: Path, clock_at: FrozenClock) -> Till:
    """A fresh payment sandbox with our gateway in front."""
    return Till(tmp_path / "sandbox.sqlite3")

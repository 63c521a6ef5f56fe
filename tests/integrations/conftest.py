"""A disk and a real S3 API, which must promise the same."""

import pytest

from marketplace import integrations
from marketplace.ports import ObjectStorage
from marketplace.settings import settings
from tests.make.object_store import ObjectStore


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

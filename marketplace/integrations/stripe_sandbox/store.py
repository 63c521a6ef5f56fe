"""The remote world's own SQLite file: what it remembers outlives our transactions and our crashes."""

import hashlib
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS object(
  seq INTEGER PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
  created INTEGER NOT NULL, body TEXT NOT NULL, hidden TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS object_kind ON object(account, kind, seq);
CREATE INDEX IF NOT EXISTS object_payment ON object(json_extract(body, '$.payment_intent'));
CREATE INDEX IF NOT EXISTS object_charge ON object(json_extract(body, '$.charge'));
CREATE INDEX IF NOT EXISTS object_source ON object(json_extract(body, '$.source'));
CREATE INDEX IF NOT EXISTS object_group ON object(json_extract(body, '$.transfer_group'));
CREATE INDEX IF NOT EXISTS object_waiting ON object(account, json_extract(body, '$.pending_reason'))
  WHERE json_extract(body, '$.pending_reason') IS NOT NULL;
CREATE TABLE IF NOT EXISTS holding(
  account TEXT, currency TEXT, total INTEGER NOT NULL, PRIMARY KEY(account, currency));
CREATE TABLE IF NOT EXISTS coming(
  account TEXT, currency TEXT, available_on INTEGER, net INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS coming_when ON coming(account, currency, available_on);
CREATE TABLE IF NOT EXISTS due(at INTEGER NOT NULL, account TEXT, deed TEXT, id TEXT);
CREATE INDEX IF NOT EXISTS due_at ON due(at);
CREATE TABLE IF NOT EXISTS kept(
  account TEXT, key TEXT, fingerprint TEXT NOT NULL, at INTEGER NOT NULL,
  status INTEGER, body BLOB, PRIMARY KEY(account, key));
CREATE INDEX IF NOT EXISTS kept_at ON kept(at);
CREATE TABLE IF NOT EXISTS delivery(
  seq INTEGER PRIMARY KEY, place INTEGER NOT NULL, endpoint TEXT, event TEXT, due INTEGER,
  attempt INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery(state, due);
CREATE INDEX IF NOT EXISTS delivery_event ON delivery(event);
CREATE TABLE IF NOT EXISTS trick(
  seq INTEGER PRIMARY KEY, side TEXT, kind TEXT, method TEXT, prefix TEXT,
  seconds INTEGER, remaining INTEGER);
CREATE TABLE IF NOT EXISTS setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class Store:
    """One connection per thread. `seed` makes every id foreseeable; empty draws one once."""

    def __init__(self, path: Path, seed: str = "") -> None:
        self._path = path
        self._threads = threading.local()
        path.parent.mkdir(parents=True, exist_ok=True)
        with self.writing() as db:
            for statement in SCHEMA.split(";"):
                db.execute(statement)
            fresh = seed or secrets.token_hex(16)
            db.execute("INSERT OR IGNORE INTO setting VALUES ('seed', ?), ('drawn', '0')", (fresh,))
            self.seed: str = db.execute("SELECT value FROM setting WHERE name='seed'").fetchone()[0]

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        with self._within("BEGIN IMMEDIATE") as db:
            yield db

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._within("BEGIN") as db:
            yield db

    def drawn(self, db: sqlite3.Connection, prefix: str, length: int = 24) -> str:
        """The next id: the same from the same seed, and foreseeable for nobody without it."""
        row = db.execute(
            "UPDATE setting SET value = value + 1 WHERE name = 'drawn' RETURNING value"
        ).fetchone()
        return prefix + named_by(f"{self.seed}:{row[0]}", length)

    @contextmanager
    def _within(self, begin: str) -> Iterator[sqlite3.Connection]:
        db = self._connection()
        db.execute(begin)
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def _connection(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._threads, "db", None)
        if db is None:
            db = sqlite3.connect(self._path, isolation_level=None, timeout=30)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")  # survives a killed process
            self._threads.db = db
        return db


def named_by(text: str, length: int) -> str:
    number = int.from_bytes(hashlib.sha256(text.encode()).digest())
    signs = []
    for _ in range(length):
        number, rest = divmod(number, len(SIGNS))
        signs.append(SIGNS[rest])
    return "".join(signs)

"""Hashing and checking passwords beside the event loop, two at a time (SEC-15)."""

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from marketplace.domain.accounts.rules import check_password
from marketplace.kit import passwords
from marketplace.settings import settings

# threads of their own: waiting for argon2 must not keep database work waiting
_workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


async def new_hash(password: str, known_words: Iterable[str]) -> str:
    """The hash of a password fit for use. Raises `Invalid` for the field `password`."""
    words = [*known_words, settings().name, "marketplace"]
    return await asyncio.get_running_loop().run_in_executor(
        _workers, _checked_hash, password, words
    )


async def is_right(stored: str, password: str) -> bool:
    """Whether it is the stored one; with nothing stored the work is done all the same (SEC-17)."""
    return await asyncio.get_running_loop().run_in_executor(
        _workers, passwords.matches, stored, password
    )


async def renewed_hash(stored: str, password: str) -> str:
    """The hash under today's parameters; empty if the stored one is as strong."""
    if not passwords.needs_rehash(stored):
        return ""
    return await asyncio.get_running_loop().run_in_executor(
        _workers, passwords.hash_password, password
    )


def _checked_hash(password: str, words: list[str]) -> str:
    check_password(password, words)
    return passwords.hash_password(password)

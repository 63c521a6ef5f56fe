"""Counting tries with `limits`: in this process, or for all processes in Redis (SEC-16).

When Redis is gone we count here instead, at half the rate, because several processes now
count apart. Every try is counted here all along, so that losing Redis forgives nothing.
There is no state in which everything is allowed.
"""

import hashlib
import math
import time
from functools import lru_cache

import structlog
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

ANSWER_WITHIN = 0.5  # seconds
ASK_AGAIN_AFTER = 5.0  # seconds without Redis before it is asked again

log = structlog.get_logger(__name__)


class Throttle:
    """A moving window per limit and person; `redis_url` empty means this process only."""

    def __init__(self, redis_url: str = "") -> None:
        self._local = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_redis(redis_url)) if redis_url else None
        self._shared_gone_until = 0.0

    def hit(self, limit: str, *who: str) -> int:
        """Count one try of `who` against `limit`, such as `5/minute` or `5/minute;20/hour`.

        Returns 0 if allowed, else the seconds to wait; a refused try is not counted.
        """
        return max(self._hit(item, _name(who)) for item in _parsed(limit))

    def reset(self, limit: str, *who: str) -> None:
        """Forget the tries of `who`, after a success."""
        for item in _parsed(limit):
            self._local.clear(item, _name(who))
            self._local.clear(_halved(item), _name(who))
            if self._shared and self._is_shared_there():
                try:
                    self._shared.clear(item, _name(who))
                except StorageError:
                    self._lose_shared()

    def is_shared(self) -> bool:
        """Whether Redis answers; True without Redis, for then nothing is missing."""
        if self._shared is None:
            return True
        return self._shared.storage.check()

    def _hit(self, item: RateLimitItem, who: str) -> int:
        if self._shared is None:
            return _counted(self._local, item, who)
        if self._is_shared_there():
            try:
                wait = _counted(self._shared, item, who)
            except StorageError:
                self._lose_shared()
            else:
                self._local.hit(_halved(item), who)
                return wait
        return _counted(self._local, _halved(item), who)

    def _is_shared_there(self) -> bool:
        return time.monotonic() >= self._shared_gone_until

    def _lose_shared(self) -> None:
        self._shared_gone_until = time.monotonic() + ASK_AGAIN_AFTER
        log.warning("throttle.redis_gone", counting="locally at half the rate")


def _counted(limiter: MovingWindowRateLimiter, item: RateLimitItem, who: str) -> int:
    if limiter.hit(item, who):
        return 0
    return max(1, math.ceil(limiter.get_window_stats(item, who).reset_time - time.time()))


def _name(who: tuple[str, ...]) -> str:
    """One name per list of names; hashed, so that no address lies about in Redis."""
    return hashlib.sha256("\0".join(who).encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=256)
def _parsed(limit: str) -> tuple[RateLimitItem, ...]:
    return tuple(parse_many(limit))


def _halved(item: RateLimitItem) -> RateLimitItem:
    return type(item)(max(1, item.amount // 2), item.multiples, "half")


def _redis(url: str) -> RedisStorage:
    return RedisStorage(
        url,
        key_prefix="jishi-throttle",
        wrap_exceptions=True,
        socket_timeout=ANSWER_WITHIN,
        socket_connect_timeout=ANSWER_WITHIN,
    )

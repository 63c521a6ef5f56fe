"""Where Reflex is asked for the address of a script of ours.

`rx.asset` finds out who calls it by reading the source of every frame above, which in the depth of
imports cost a tenth of a second for each of fifty files: seconds of every start and of every test
process. A thread of its own has next to nothing above it.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def in_short_stack(work: Callable[[], T]) -> T:
    """What `work` returns. It must import nothing: the importing thread waits for it."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()

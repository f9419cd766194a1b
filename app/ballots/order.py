"""The order in which one expert sees things: random, her own, and the same whenever she comes back."""

import hashlib
from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


def own_order(things: Iterable[T], reader: UUID, *key: object) -> list[T]:
    """The things in an order drawn from the reader and the key; equal things may change places.

    Examples
    --------
    >>> own_order("abc", UUID(int=1), "R2") == own_order("cba", UUID(int=1), "R2")
    True
    """
    seed = ":".join(str(part) for part in (reader, *key))
    return sorted(things, key=lambda thing: hashlib.sha256(f"{seed}:{thing}".encode()).digest())

"""A worker's seat: DBOS knows by it whose work was interrupted; it is free again when its holder has died.

The seat is the lowest that nobody holds. It is held by what the operating system or the database lets go of
with the process, however that ends: the lock on a file beside SQLite's, or an advisory lock of PostgreSQL.
"""

import fcntl
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import URL

SEATS = 64
LOCK = 2371


class NoSeat(Exception):
    """There are more workers than anybody needs."""


class Seats:
    """The seats beside one jobs database, of which a worker holds one, and for a moment those of the dead."""

    def __init__(self, address: URL) -> None:
        self._locks = _Files(address) if address.get_backend_name() == "sqlite" else _Advisory(address)
        self.mine = -1

    def __enter__(self) -> Self:
        free = (number for number in range(SEATS) if self._locks.take(number))
        self.mine = next(free, -1)
        if self.mine < 0:
            self._locks.close()
            raise NoSeat
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._locks.close()

    def take(self, number: int) -> bool:
        """Whether the seat was free; it is held now."""
        return self._locks.take(number)

    def leave(self, number: int) -> None:
        """The seat is free again."""
        self._locks.leave(number)

    def check(self) -> None:
        """Raise what stands in the way, if the seat may have been lost."""
        self._locks.check()


class _Files:
    def __init__(self, address: URL) -> None:
        self._folder = Path(address.database or "jobs.db")
        self._held: dict[int, IO[str]] = {}

    def take(self, number: int) -> bool:
        file = self._folder.with_name(f"{self._folder.name}-seat-{number}").open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._held[number] = file
        return True

    def leave(self, number: int) -> None:
        self._held.pop(number).close()

    def check(self) -> None:
        """A lock on a file is not lost."""

    def close(self) -> None:
        for number in list(self._held):
            self.leave(number)


class _Advisory:
    def __init__(self, address: URL) -> None:
        self._engine = create_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection = self._engine.connect()

    def take(self, number: int) -> bool:
        return bool(self._ask("pg_try_advisory_lock", number))

    def leave(self, number: int) -> None:
        self._ask("pg_advisory_unlock", number)

    def check(self) -> None:
        self._connection.execute(text("SELECT 1"))

    def _ask(self, function: str, number: int) -> object:
        asked = text(f"SELECT {function}(:lock, :number)")
        return self._connection.execute(asked, {"lock": LOCK, "number": number}).scalar()

    def close(self) -> None:
        with suppress(Exception):
            self._connection.close()
        self._engine.dispose()

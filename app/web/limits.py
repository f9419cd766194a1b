"""How often something may be tried: counted in the database, so that all processes count together."""

import hmac
import ipaddress
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import Request
from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, update

from app import clock, i18n
from app.db import transaction
from app.models import RateCount
from app.settings import Settings
from app.web.errors import TooManyTries

OLD = timedelta(days=2)
NETWORK_OF_ONE_CLIENT = 64


@dataclass(frozen=True)
class Limit:
    """So many tries of one thing in a window of time."""

    name: str
    times: int
    window: timedelta


def spend(engine: Engine, settings: Settings, *tries: tuple[Limit, str]) -> None:
    """The tries are counted, or TooManyTries if one of them is one too many.

    The count stands in a transaction of its own, before that of the request: a try that is refused must
    count although nothing else of it does. The keys are kept as fingerprints.
    """
    now = clock.now()
    over: list[datetime] = []
    with transaction(engine) as session:
        for limit, key in tries:
            start = _window_start(now, limit.window)
            count = _add_one(session, _fingerprint(settings, limit, key), start)
            if count == 1:
                session.exec(delete(RateCount).where(col(RateCount.window_start) < now - OLD))
            if count > limit.times:
                over.append(start + limit.window)
    if over:
        wait = max(over) - now
        raise TooManyTries(seconds=math.ceil(wait.total_seconds()), wait=i18n.duration(wait))


def give_back(session: Session, settings: Settings, limit: Limit, key: str) -> None:
    """A try that was right counts no more: of many behind one address, none hinders the next.

    It is given back with the rest of the request or not at all.
    """
    mine = (
        col(RateCount.key_hash) == _fingerprint(settings, limit, key),
        col(RateCount.window_start) == _window_start(clock.now(), limit.window),
        col(RateCount.count) > 0,
    )
    session.exec(update(RateCount).where(*mine).values(count=RateCount.count - 1))


def client_of(request: Request) -> str:
    """The client's address; of IPv6, the network that one client has to itself."""
    given = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if address.version == 4:  # noqa: PLR2004 - the version's own number
        return given
    return str(ipaddress.ip_network(f"{address}/{NETWORK_OF_ONE_CLIENT}", strict=False))


def _window_start(now: datetime, window: timedelta) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def _fingerprint(settings: Settings, limit: Limit, key: str) -> str:
    secret = settings.secret_key.get_secret_value().encode()
    return hmac.new(secret, f"limit\x1f{limit.name}\x1f{key}".encode(errors="replace"), "sha256").hexdigest()


def _add_one(session: Session, key_hash: str, start: datetime) -> int:
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = (sqlite.insert if on_sqlite else postgresql.insert)(RateCount)
    counted = session.exec(
        insert.values(key_hash=key_hash, window_start=start, count=1)
        .on_conflict_do_update(
            index_elements=[col(RateCount.key_hash), col(RateCount.window_start)],
            set_={"count": RateCount.count + 1},
        )
        .returning(col(RateCount.count))
    )
    return int(counted.scalar_one())

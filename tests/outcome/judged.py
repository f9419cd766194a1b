"""A seminar whose panel has rated ways forward, through the real services."""

from typing import Any

from sqlalchemy import Engine

from app.db import transaction
from app.models import Round, Seminar
from app.settings import Settings
from tests.factories import Make
from tests.results import voting
from tests.results.panels import wording
from tests.results.voting import Said

EXPERTS = 20
SETTINGS = Settings(_env_file=None, environment="test")
HOSTILE = '=HYPERLINK("http://evil")<b>&\''


def opinions(*, experts: int = EXPERTS, kinder: int = 0) -> list[Said]:
    """W01 is liked, W02 mostly, W03 divides, W04 is not liked; so many are `kinder` to W04 than before."""
    return [_opinion(number, kind=number < kinder) for number in range(experts)]


def _opinion(number: int, *, kind: bool) -> Said:
    divided = 8 if number % 2 else 2
    said: Said = {
        "W01": {"OV": 8 + number % 2, "C1": 8 - number % 2, "C2": 7, "why": f"Reason {number:02} for W01"},
        "W02": {"OV": 6 + number % 3, "C1": 6 + number % 2, "C2": 6},
        "W03": {"OV": divided, "C1": divided, "C2": 5, "why": f"Reason {number:02} for W03"},
        "W04": {"OV": 6 if kind else 2 + number % 2, "C1": 3 + number % 2, "C2": 3},
    }
    if number % 5 == 0:
        said["W02"]["C2"] = "no_expertise"
        said["W04"]["OV"] = "cannot_say"
    return said


def seminar(make: Make, *, experts: int = EXPERTS, **fields: Any) -> tuple[Seminar, Round]:
    """A seminar with an open round about four ways forward, and the rules of resolution 2370."""
    seminar, round_ = voting.running(make, options=4, wording=wording(), **fields)
    for _ in range(experts):
        make.expert(seminar)
    return seminar, round_


def close(engine: Engine, round_: Round, ballots: list[Said], *, publish: bool = True) -> Round:
    """The ballots are cast, the round is closed and, unless told otherwise, published."""
    voting.cast(engine, round_, ballots)
    voting.close(engine, round_, publish=publish)
    with transaction(engine, write=False) as session:
        return session.get_one(Round, round_.id)


def published(make: Make, engine: Engine, **fields: Any) -> tuple[Seminar, Round]:
    """A seminar with one published round."""
    found, round_ = seminar(make, **fields)
    return found, close(engine, round_, opinions())


def path(found: Seminar, rest: str = "") -> str:
    """An address of its outcome."""
    return f"/seminars/{found.slug}/outcome{rest}"

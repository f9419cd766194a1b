"""A real-time round with its experts, and what it shows of itself."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select

from app.db import transaction
from app.models import Round, Seal, Seminar
from app.models.rounds import FeedbackPolicy, Reveal
from app.policy import Role
from app.results import disclosure, glimpses
from app.rounds import queries as rounds
from tests.ballots.voting import Voter
from tests.factories import Make

EXPERT = (Role.EXPERT,)


def opened(make: Make, seminar: Seminar) -> Round:
    """The round, which counts what is saved too."""
    kept: dict[str, Any] = {
        "counts_saved": True,
        "reveal": Reveal.OWN_ANSWER,
        "feedback": FeedbackPolicy.STATISTICS,
    }
    return make.rating_round(seminar, **kept)


def panel(make: Make, seminar: Seminar, round_: Round) -> list[Voter]:
    """Sixteen experts."""
    experts = [make.expert(seminar) for _ in range(16)]
    return [Voter.of(make.engine, make.settings, seminar, round_, expert) for expert in experts]


def renew(make: Make, round_: Round) -> int:
    """Of how many questions what is shown goes on."""
    with transaction(make.engine) as session:
        return glimpses.renew(session, make.settings, session.get_one(Round, round_.id))


def shown(make: Make, round_: Round, *, answered: bool = True, roles: Collection[Role] = EXPERT) -> Any:
    """What who has answered sees."""
    with transaction(make.engine) as session:
        (question,) = rounds.questions(session, session.get_one(Round, round_.id))
        return disclosure.glimpse_of(session, question=question, panellist_has_answered=answered, roles=roles)


def overall(tally: Any, code: str = "W01") -> list[int]:
    """How many gave each point of the scale of overall support."""
    counts: list[int] = tally.option(code).by_criterion["OV"].counts
    return counts


def seals(engine: Engine) -> list[tuple[int, bool]]:
    """All seals by their numbers, and whether they were submitted."""
    with transaction(engine, write=False) as session:
        return [(seal.number, seal.submitted) for seal in session.exec(select(Seal))]

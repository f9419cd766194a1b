"""Ballots as rows, cast and sealed in a known order, without the room of the ballots above this one."""

from collections.abc import Sequence
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.db import transaction
from app.models import (
    AnswerRevision,
    Ballot,
    Item,
    ItemVersion,
    Membership,
    Panellist,
    Participation,
    Person,
    RationaleRevision,
    Result,
    Round,
    Seal,
    Seminar,
    Subject,
)
from app.models.ballots import Abstention, Progress
from app.policy import Role
from app.questions import answers as written
from app.results import service
from app.rounds import queries as rounds
from app.settings import Settings
from tests.factories import Make

# What one expert says of each option: by criterion, and as "why" the reason.
Said = dict[str, dict[str, Any]]

# for a count that need not know who is who
SETTINGS = Settings(_env_file=None, environment="test")

_numbers = count(1)


def panellists(engine: Engine, seminar: Seminar, number: int) -> list[Panellist]:
    """So many panellists, the first ones always the same."""
    with transaction(engine) as session:
        there = session.exec(
            select(Panellist).where(Panellist.seminar_id == seminar.id).order_by(col(Panellist.pseudonym))
        ).all()
        new = [
            Panellist(seminar_id=seminar.id, pseudonym=f"Expert {place:04}")
            for place in range(len(there), number)
        ]
        session.add_all(new)
    return [*there, *new][:number]


def cast(engine: Engine, round_: Round, ballots: Sequence[Said | None], *, submit: bool = True) -> None:
    """One ballot after the other by the seminar's panellists; None is no ballot."""
    with transaction(engine, write=False) as session:
        seminar = session.get_one(Seminar, round_.seminar_id)
    people = panellists(engine, seminar, len(ballots))
    with transaction(engine) as session:
        question = rounds.rate_question(session, round_)
        assert question is not None
        subjects = {subject.code: subject.id for subject in rounds.subjects(session, question)}
        for panellist, said in zip(people, ballots, strict=True):
            if said is not None:
                ballot = Ballot(round_id=round_.id, panellist_id=panellist.id)
                _cast(session, subjects, ballot, said)
                if submit:
                    session.add(_seal(ballot, said, 1))
                session.flush()


def _cast(session: Session, subjects: dict[str, UUID], ballot: Ballot, said: Said) -> None:
    session.add(ballot)
    session.flush()
    for code, judgements in said.items():
        for criterion, value in judgements.items():
            common: dict[str, Any] = {"ballot_id": ballot.id, "subject_id": subjects[code]}
            if criterion == "why":
                session.add(RationaleRevision(**common, text=value))
            else:
                score, word = (value, None) if isinstance(value, int) else (None, Abstention(value))
                session.add(AnswerRevision(**common, criterion=criterion, score=score, abstention=word))


def reseal(engine: Engine, round_: Round, place: int, said: Said) -> None:
    """A later sealed version of the ballot of the panellist at that place."""
    with transaction(engine, write=False) as session:
        seminar = session.get_one(Seminar, round_.seminar_id)
    panellist = panellists(engine, seminar, place + 1)[place]
    with transaction(engine) as session:
        ballot = session.exec(
            select(Ballot).where(Ballot.round_id == round_.id, Ballot.panellist_id == panellist.id)
        ).one()
        last = session.exec(select(Seal.number).where(Seal.ballot_id == ballot.id)).all()
        session.add(_seal(ballot, said, max(last, default=0) + 1))


def _seal(ballot: Ballot, said: Said, number: int) -> Seal:
    answers = {
        code: written.Answer(
            {name: value for name, value in judgements.items() if name != "why"}, judgements.get("why", "")
        )
        for code, judgements in said.items()
    }
    place = f"{next(_numbers):08}"
    return Seal(ballot_id=ballot.id, number=number, content=written.seal(answers), salt="salt", receipt=place)


def close(
    engine: Engine,
    round_: Round,
    *,
    publish: bool = False,
    look: bool = True,
    by: Person | None = None,
    settings: Settings = SETTINGS,
) -> list[Result]:
    """The round is closed and counted; the staff look at the result, unless told otherwise, or publish it."""
    with transaction(engine) as session:
        held = session.get_one(Round, round_.id)
        found = service.close_round(session, settings, round_=held, by=by)
        if look:
            service.look(session, round_=held, by=by)
        if publish:
            service.publish_round(session, round_=held, by=by)
    return found


def alike(options: int, **said: Any) -> Said:
    """The same of every option."""
    return {f"W{place:02}": dict(said) for place in range(1, options + 1)}


def running(make: Make, *, options: int = 3, experts: int = 0, **fields: Any) -> tuple[Seminar, Round]:
    """A seminar with an open rating round and so many experts who have joined."""
    seminar = make.seminar(**fields)
    for _ in range(experts):
        make.expert(seminar)
    return seminar, make.rating_round(seminar, options)


def reword(session: Session, round_: Round, item: Item, *, minor: bool = False) -> None:
    """The round is about a new wording of the item."""
    item = session.get_one(Item, item.id)
    item.version += 1
    session.add(
        ItemVersion(item_id=item.id, number=item.version, title=f"{item.code}, reworded", minor=minor)
    )
    question = rounds.rate_question(session, round_)
    assert question is not None
    of = (Subject.question_id == question.id, Subject.item_id == item.id)
    session.exec(select(Subject).where(*of)).one().item_version = item.version


def took_part(engine: Engine, round_: Round, *, submitted: int, started: int = 0) -> None:
    """What the electorate shows: so many experts have submitted, so many more have started."""
    with transaction(engine) as session:
        of = (Membership.seminar_id == round_.seminar_id, Membership.role == Role.EXPERT)
        experts = session.exec(select(Membership.id).where(*of)).all()
        progress = [Progress.SUBMITTED] * submitted + [Progress.STARTED] * started
        for expert, reached in zip(experts, progress, strict=False):
            session.add(Participation(membership_id=expert, round_id=round_.id, progress=reached))

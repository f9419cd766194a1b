"""Ballots of a mapping round as rows, cast by experts of known sectors."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from sqlmodel import Session, select

from app.db import transaction
from app.models import Ballot, HeldText, Membership, Panellist, Person, Question, Round, Seal, Sector, Seminar
from app.policy import Role
from app.questions import answers, sealing
from app.questions.answers import Answer
from app.questions.fingerprint import fingerprint
from app.rounds import queries as rounds
from app.seminars import pseudonyms
from tests.factories import Make

# What one expert says: by question and subject, judgements by part; as "why" the reason, texts as they are.
Said = Mapping[str, Mapping[str, Mapping[str, Any]]]

_numbers = count(1)


def held(make: Make, *, each: int = 2, sectors: Sequence[str] = (), **fields: Any) -> tuple[Seminar, Round]:
    """A seminar with these sectors and an open mapping round."""
    seminar = make.seminar(**fields)
    with transaction(make.engine) as session:
        session.add_all(
            Sector(seminar_id=seminar.id, code=code, label=f"Sector {code}", position=place)
            for place, code in enumerate(sectors)
        )
    return seminar, make.mapping_round(seminar, each=each)


def vote(make: Make, round_: Round, said: Said, *, sector: str | None = None) -> Panellist:
    """An expert of that sector joins and submits a ballot that says this."""
    with transaction(make.engine, write=False) as session:
        seminar = session.get_one(Seminar, round_.seminar_id)
    person = make.expert(seminar, sector=sector)
    with transaction(make.engine) as session:
        panellist = _panellist(session, make, seminar, person)
        submit(session, round_, panellist, {code: _seal(sheet) for code, sheet in said.items()})
        return panellist


def submit(session: Session, round_: Round, panellist: Panellist, parts: dict[str, Any]) -> Seal:
    """The panellist's ballot with what each question's type has sealed."""
    ballot = Ballot(round_id=round_.id, panellist_id=panellist.id)
    session.add(ballot)
    session.flush()
    content = sealing.seal(parts)
    seal = Seal(ballot_id=ballot.id, content=content, salt="salt", receipt=f"m{next(_numbers):07}")
    session.add(seal)
    session.flush()
    return seal


def question(session: Session, round_: Round, code: str) -> Question:
    """The round's question of that code."""
    found = rounds.find_question(session, round_, code)
    assert found is not None
    return found


def hold_back(
    session: Session, round_: Round, code: str, item: str, text: str, instead: str | None = None
) -> None:
    """The facilitators hold a text on an item back, or let these words through instead."""
    session.add(
        HeldText(
            question_id=question(session, round_, code).id,
            item_code=item,
            digest=fingerprint(text),
            instead=instead,
            reason="It tells who wrote it.",
        )
    )


def plane(across: object, upwards: object, *items: str, why: str = "") -> dict[str, dict[str, Any]]:
    """The same point for every item, T01 if none is named; None is left blank."""
    given = {code: value for code, value in (("LIK", across), ("IMP", upwards)) if value is not None}
    return {item: given | ({"why": why} if why else {}) for item in items or ("T01",)}


def _seal(sheet: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return answers.seal({code: _answer(parts) for code, parts in sheet.items()})


def _answer(parts: Mapping[str, Any]) -> Answer:
    is_text = {name: name in {"for", "against"} or name.endswith(".source") for name in parts}
    return Answer(
        {name: value for name, value in parts.items() if not is_text[name] and name != "why"},
        parts.get("why", ""),
        {name: value for name, value in parts.items() if is_text[name]},
    )


def _panellist(session: Session, make: Make, seminar: Seminar, person: Person) -> Panellist:
    of = (Membership.seminar_id == seminar.id, Membership.person_id == person.id)
    member = session.exec(select(Membership).where(*of, Membership.role == Role.EXPERT)).one()
    return pseudonyms.panellist_of(session, make.settings, member)

"""Experts who have said something in a round, and what a page shows of it."""

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.db import transaction
from app.models import (
    AnswerRevision,
    Ballot,
    Membership,
    Panellist,
    Person,
    RationaleRevision,
    Round,
    Seal,
    Seminar,
)
from app.policy import Role
from app.questions import answers, sealing
from app.rounds import queries as rounds
from app.seminars import pseudonyms
from tests.factories import Make
from tests.results import mapping

Sheet = Mapping[str, Mapping[str, Any]]


def panellist(session: Session, make: Make, seminar: Seminar, person: Person) -> Panellist:
    """As whom an expert is on the panel."""
    of = (Membership.seminar_id == seminar.id, Membership.person_id == person.id)
    member = session.exec(select(Membership).where(*of, Membership.role == Role.EXPERT)).one()
    return pseudonyms.panellist_of(session, make.settings, member)


def submits(make: Make, seminar: Seminar, round_: Round, person: Person, **sheets: Sheet) -> None:
    """The expert submits this, question by question; as "why" the reason."""
    parts = {code: answers.seal({c: _answer(p) for c, p in sheet.items()}) for code, sheet in sheets.items()}
    with transaction(make.engine) as session:
        mapping.submit(session, round_, panellist(session, make, seminar, person), parts)


def saves(make: Make, seminar: Seminar, round_: Round, person: Person, code: str, sheet: Sheet) -> None:
    """The expert saves this in an open round, and it counts as it is saved."""
    with transaction(make.engine) as session:
        ballot = Ballot(round_id=round_.id, panellist_id=panellist(session, make, seminar, person).id)
        session.add(ballot)
        session.flush()
        question = mapping.question(session, round_, code)
        subjects = {one.code: one.id for one in rounds.asked_about(session, question)}
        for subject, parts in sheet.items():
            for part, value in parts.items():
                of: dict[str, Any] = {"ballot_id": ballot.id, "subject_id": subjects[subject]}
                if part == "why":
                    session.add(RationaleRevision(**of, text=value))
                else:
                    session.add(AnswerRevision(**of, criterion=part, score=value))
        sealed = answers.seal({subject: _answer(parts) for subject, parts in sheet.items()})
        content = sealing.seal({code: sealed})
        session.add(Seal(ballot_id=ballot.id, content=content, salt="salt", receipt=secrets.token_hex(8)))


def _answer(parts: Mapping[str, Any]) -> answers.Answer:
    texts = {name: value for name, value in parts.items() if name in {"for", "against"}}
    judgements = {name: value for name, value in parts.items() if name != "why" and name not in texts}
    return answers.Answer(judgements, parts.get("why", ""), texts)


def address(seminar: Seminar, round_: Round, question: str = "", more: str = "") -> str:
    """The address of the feedback on a round, or on one of its questions."""
    base = f"/seminars/{seminar.slug}/rounds/{round_.number}/feedback"
    return f"{base}/{question}{more}" if question else base


def read(browser: TestClient, path: str) -> str:
    """The page as it is served."""
    response = browser.get(path)
    assert response.status_code == 200, response.text[:500]
    return response.text


def subjects(page: str) -> list[str]:
    """The codes of the subjects in their order on the page."""
    return re.findall(r'<section class="card subject" id="([^"]+)"', page)


def section(page: str, code: str) -> str:
    """What stands of one subject."""
    return page.split(f'<section class="card subject" id="{code}"')[1].split("</section>", maxsplit=1)[0]


def words(part: str) -> str:
    """The same as it reads, without tags and with one space for each gap."""
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def reasons(part: str) -> list[str]:
    """The reasons that stand there, in their order."""
    return re.findall(r'<p lang="[^"]*" dir="auto">([^<]*)</p>\s*(?:<div class="helpful">|</li>)', part)


def all_say(*scores: int, why: Sequence[str] = ()) -> list[dict[str, dict[str, Any]]]:
    """Ballots on W01, each with its score on the overall criterion and a reason where there is one."""
    return [
        {"W01": {"OV": score, "C1": 5} | ({"why": why[place]} if place < len(why) and why[place] else {})}
        for place, score in enumerate(scores)
    ]

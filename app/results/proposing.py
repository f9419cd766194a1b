"""How many items were proposed in answer to a `propose` question."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.models import Proposal, Question, Round
from app.models.proposals import ProposalState
from app.results.panel import digest
from app.results.propose_tally import METHOD, ProposeTally
from app.results.sealed import BrokenSeal, sheets
from app.results.turnout import Facts
from app.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What the ballots name: the references of proposals, sorted, by nobody's ballot."""

    round_number: int
    question: str
    kinds: tuple[str, ...]
    references: tuple[str, ...]
    submitted: int

    def inputs(self) -> dict[str, str]:
        """A digest of each part of the input: what differs after a fault can be named."""
        parts = {
            "question": {"round": self.round_number, "code": self.question, "kinds": self.kinds},
            "proposals": {"submitted": self.submitted, "references": self.references},
            "method": METHOD,
        }
        return {name: digest(part) for name, part in parts.items()}


def load(session: Session, question: Question) -> Proposed:
    """The answers to a `propose` question whose round is concluded."""
    round_ = session.get_one(Round, question.round_id)
    given = list(sheets(session, question).values())
    if not all(isinstance(reference, str) for sheet in given for reference in sheet):
        raise BrokenSeal(number=round_.number)
    return Proposed(
        round_number=round_.number,
        question=question.code,
        kinds=tuple(question.settings.get("kinds", [])),
        references=tuple(sorted(reference for sheet in given for reference in sheet)),
        submitted=len(given),
    )


def told(session: Session, question: Question) -> dict[str, dict[str, int]]:
    """How many proposals there are today by kind and state, but for drafts: they are their authors' own."""
    rows = session.exec(
        select(Proposal.kind, Proposal.state)
        .where(Proposal.question_id == question.id, Proposal.state != ProposalState.DRAFT)
        .order_by(col(Proposal.kind), col(Proposal.state))
    )
    found: dict[str, Counter[str]] = {}
    for kind, state in rows:
        found.setdefault(str(kind), Counter())[str(state)] += 1
    return {kind: dict(states) for kind, states in found.items()}


def count(session: Session, settings: Settings, question: Question, facts: Facts) -> ProposeTally:
    """The result on the day of closing."""
    del settings
    return tally(load(session, question), facts, told(session, question))


def count_again(session: Session, question: Question, frozen: ProposeTally) -> ProposeTally:
    """The same from the sealed ballots of today; moderation has gone on since."""
    return tally(load(session, question), frozen.facts, frozen.counts)


def tally(proposed: Proposed, facts: Facts, counts: dict[str, dict[str, int]]) -> ProposeTally:
    """The result of the question; the counts are told, since moderation goes on after closing."""
    inputs = proposed.inputs() | {"counts": digest(counts)}
    return ProposeTally(
        round_number=proposed.round_number,
        question=proposed.question,
        submitted=proposed.submitted,
        kinds=list(proposed.kinds),
        counts=counts,
        sealed=len(proposed.references),
        method=METHOD,
        inputs=inputs,
        input_digest=digest(inputs),
        **facts.as_keywords(),
    )

"""Save, keep and submit an expert's answers; each is one transaction under the open round's lock.

Here alone the two sides of an expert meet: the panellist, on whom the answers hang, and the member, of
whom it is known only how far she is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session, select

from app import clock
from app.ballots import queries, receipts
from app.ballots.merging import Merge, Value, merge
from app.ballots.queries import Asking, Given
from app.errors import Conflict, Invalid, NotFound
from app.models import (
    AnswerRevision,
    Ballot,
    Membership,
    Panellist,
    Participation,
    RationaleRevision,
    Round,
    Seal,
)
from app.models.ballots import Abstention, Progress
from app.questions import answers as written
from app.questions.answers import RATIONALE, Answer, Entry
from app.rounds.service import lock_open_round

ORDER = list(Progress)


class NothingToSubmit(Conflict):
    """A ballot without any answer."""

    message = "There is nothing to submit yet: please answer at least one option."


class NothingToKeep(Conflict):
    """No answer in the round before."""

    message = "You submitted no answer to this option in the round before, so there is none to keep."


class LeftBlank(Invalid):
    """A ballot with blanks, submitted without saying that they are meant."""

    message = "Please confirm that you submit with options unanswered."


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of what was sent: a merge for each subject, and the whole ballot as it now is."""

    asked: Asking
    merges: dict[str, Merge]
    given: dict[UUID, Given] = field(default_factory=dict)

    @property
    def stale(self) -> bool:
        """Whether something was changed here and in another window, and awaits its author's decision."""
        return any(merge.conflicts for merge in self.merges.values())


def opened(session: Session, *, round_: Round, membership: Membership) -> None:
    """The member has looked at the ballot of a round that takes answers."""
    round_ = lock_open_round(session, round_)
    _reach(session, membership, round_, Progress.OPENED)


def save(
    session: Session,
    *,
    round_: Round,
    panellist: Panellist,
    membership: Membership,
    entries: Mapping[str, Entry],
    seen: Mapping[str, Mapping[str, int]],
) -> Saved:
    """Append a revision for everything that differs; saving the same again changes nothing."""
    asked, ballot = _begin(session, round_, panellist, entries)
    given = queries.given(session, ballot)
    merges = {
        code: merge(_sent(entry), seen.get(code, {}), given.get(asked.subjects[code], Given()).history)
        for code, entry in entries.items()
    }
    for code, change in merges.items():
        _write(session, ballot, asked.subjects[code], change)
    if any(change.writes for change in merges.values()):
        _reach(session, membership, round_, Progress.STARTED)
    return Saved(asked, merges, queries.given(session, ballot))


def save_card(
    session: Session,
    *,
    round_: Round,
    panellist: Panellist,
    membership: Membership,
    code: str,
    entry: Entry,
    seen: Mapping[str, int],
) -> Saved:
    """Save what was said of one subject."""
    entries, all_seen = {code: entry}, {code: seen}
    return save(
        session,
        round_=round_,
        panellist=panellist,
        membership=membership,
        entries=entries,
        seen=all_seen,
    )


def keep(
    session: Session, *, round_: Round, panellist: Panellist, membership: Membership, code: str
) -> Saved:
    """The panellist's answers of the round before are hers in this one too, confirmed by this act.

    A reason that she has written in this round stays; else the former one is kept with the answers.
    """
    asked, ballot = _begin(session, round_, panellist, {code})
    before = _before(session, round_, panellist).get(code)
    criteria = {asked.code for asked in asked.rate.asked}
    judgements = {c: value for c, value in before.judgements.items() if c in criteria} if before else {}
    if before is None or not judgements:
        raise NothingToKeep
    subject = asked.subjects[code]
    now = queries.given(session, ballot).get(subject, Given())
    writes: dict[str, Value] = dict(judgements)
    if before.rationale and not now.answer.rationale:
        writes[RATIONALE] = before.rationale
    change = Merge(writes, {name: now.seen.get(name, 0) + 1 for name in writes})
    if not (now.kept >= judgements.keys() and now.answer.judgements.items() >= judgements.items()):
        _write(session, ballot, subject, change, kept=True)
    _reach(session, membership, round_, Progress.STARTED)
    return Saved(asked, {code: change}, queries.given(session, ballot))


def submit(
    session: Session,
    *,
    round_: Round,
    panellist: Panellist,
    membership: Membership,
    blanks_meant: bool = False,
) -> Seal:
    """What is in force is sealed and counts; submitting the same again gives the same receipt.

    What was left blank is not an abstention: the panellist must say that it is meant.
    """
    asked, ballot = _begin(session, round_, panellist, ())
    answers = queries.answers(asked, queries.given(session, ballot))
    content = written.seal(answers)
    if not content["answers"]:
        raise NothingToSubmit
    if not blanks_meant and any(asked.rate.missing(answers.get(code)) for code in asked.subjects):
        raise LeftBlank({"blanks": LeftBlank()})
    seal = queries.latest_seal(session, ballot)
    if seal is None or seal.content != content:
        salt = receipts.new_salt()
        seal = Seal(
            ballot_id=ballot.id,
            number=seal.number + 1 if seal else 1,
            content=content,
            salt=salt,
            receipt=receipts.digest(salt, content),
        )
        session.add(seal)
        session.flush()
    _reach(session, membership, round_, Progress.SUBMITTED)
    return seal


def _begin(
    session: Session, round_: Round, panellist: Panellist, codes: Collection[str]
) -> tuple[Asking, Ballot]:
    round_ = lock_open_round(session, round_)
    # two windows of one expert take turns, so that each sees what the other has saved
    session.exec(select(Panellist).where(Panellist.id == panellist.id).with_for_update()).one()
    asked = queries.asking(session, round_)
    if asked is None or not set(codes) <= asked.subjects.keys():
        raise NotFound
    ballot = queries.find_ballot(session, round_=round_, panellist=panellist)
    if ballot is None:
        ballot = Ballot(round_id=round_.id, panellist_id=panellist.id)
        session.add(ballot)
        session.flush()
    return asked, ballot


def _before(session: Session, round_: Round, panellist: Panellist) -> dict[str, Answer]:
    previous = session.get(Round, round_.previous_id) if round_.previous_id else None
    return queries.sealed(session, round_=previous, panellist=panellist) if previous else {}


def _sent(entry: Entry) -> dict[str, Value]:
    sent: dict[str, Value] = dict(entry.judgements)
    return sent if entry.rationale is None else sent | {RATIONALE: entry.rationale or None}


def _write(session: Session, ballot: Ballot, subject: UUID, change: Merge, *, kept: bool = False) -> None:
    for name, value in change.writes.items():
        if name == RATIONALE:
            session.add(
                RationaleRevision(
                    ballot_id=ballot.id,
                    subject_id=subject,
                    revision=change.seen[name],
                    text=str(value or ""),
                )
            )
            continue
        session.add(
            AnswerRevision(
                ballot_id=ballot.id,
                subject_id=subject,
                criterion=name,
                revision=change.seen[name],
                score=value if isinstance(value, int) else None,
                abstention=Abstention(value) if isinstance(value, str) else None,
                kept=kept,
            )
        )
    session.flush()


def _reach(session: Session, membership: Membership, round_: Round, progress: Progress) -> None:
    mine = select(Participation).where(
        Participation.membership_id == membership.id, Participation.round_id == round_.id
    )
    # the member's row is held, so that her first two requests do not both write the first line
    session.exec(select(Membership).where(Membership.id == membership.id).with_for_update()).one()
    row = session.exec(mine).one_or_none()
    if row is None:
        row = Participation(membership_id=membership.id, round_id=round_.id)
        session.add(row)
    if ORDER.index(progress) >= ORDER.index(row.progress):
        row.progress = progress
    if progress is Progress.SUBMITTED:
        row.submitted_at = clock.now()
    session.flush()

"""Save, keep and submit an expert's answers; each is one transaction under the open round's lock.

Here alone the two sides of an expert meet: the panellist, on whom the answers hang, and the member, of
whom it is known only how far she is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from app import clock, i18n
from app.ballots import queries, receipts
from app.ballots.former import Former, formerly, formers
from app.ballots.merging import Merge, Value, merge
from app.ballots.queries import Asking, Filled, Given, Part
from app.ballots.running import seal_saved, take_back
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
    Seminar,
)
from app.models.ballots import Abstention, Progress
from app.models.rounds import RoundState
from app.questions import sealing
from app.questions.answers import RATIONALE, Answer, Entry
from app.rounds.service import lock_open_round

ORDER = list(Progress)


class NothingToSubmit(Conflict):
    """A ballot without any answer."""

    message = "There is nothing to submit yet: please answer something first."


class NothingToKeep(Conflict):
    """No answer in the round before, or one to another wording."""

    message = "You submitted no answer to this option in the round before, so there is none to keep."


class LeftBlank(Invalid):
    """A ballot with blanks, submitted without saying that they are meant."""

    message = "Please confirm that you submit with options unanswered."


class NotYetFit(Invalid):
    """A ballot with answers that do not go together; `errors` names each question, and why."""

    message = "Something has to be changed before this ballot can be submitted. All of it is saved."


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of what was sent: a merge for each subject, and the whole ballot as it now is."""

    merges: dict[str, Merge]
    filled: Filled

    @property
    def stale(self) -> bool:
        """Whether something was changed here and in another window, and awaits its author's decision."""
        return any(merge.conflicts for merge in self.merges.values())


def opened(session: Session, *, round_: Round, membership: Membership) -> None:
    """The member has looked at the ballot of a round that takes answers."""
    round_ = lock_open_round(session, round_, membership)
    _reach(session, membership, round_, Progress.OPENED)


def save(
    session: Session,
    *,
    round_: Round,
    panellist: Panellist,
    membership: Membership,
    question: str,
    entries: Mapping[str, Entry],
    seen: Mapping[str, Mapping[str, int]],
    asked: Asking | None = None,
) -> Saved:
    """Append a revision for everything that differs; saving the same again changes nothing.

    `asked`, here and in the other services, is what the round asks, if it has been read already.
    """
    asked, ballot = _begin(session, round_, panellist, membership, asked)
    part = _part(asked, question, entries)
    given = queries.given(session, ballot, [part.subjects[code] for code in entries])
    merges = {
        code: merge(_sent(entry), seen.get(code, {}), given.get(part.subjects[code], Given()).history)
        for code, entry in entries.items()
    }
    for code, change in merges.items():
        _write(session, ballot, part.subjects[code], change, texts={RATIONALE, *entries[code].texts})
    filled = queries.filled(session, round_=round_, asked=asked, panellist=panellist)
    if any(change.writes for change in merges.values()):
        seal_saved(session, round_, ballot, filled)
        _reach(session, membership, round_, Progress.STARTED)
    return Saved(merges, filled)


def keep(
    session: Session,
    *,
    round_: Round,
    panellist: Panellist,
    membership: Membership,
    question: str,
    code: str,
    asked: Asking | None = None,
) -> None:
    """The panellist's answer of the round before is hers in this one too, confirmed by this act.

    A reason that she has written in this round stays; else the former one is kept with the answer. An
    answer to a wording that has changed since is none to this one.
    """
    asked, ballot = _begin(session, round_, panellist, membership, asked)
    part = _part(asked, question, {code})
    former = formers(session, round_=round_, part=part, panellist=panellist).get(code, Former())
    if not former.can_be_kept:
        raise NothingToKeep
    subject = part.subjects[code]
    now = queries.given(session, ballot, [subject]).get(subject, Given())
    _confirm(session, ballot, subject, former.answer, now)
    _kept(session, ballot, round_, asked, panellist)
    _reach(session, membership, round_, Progress.STARTED)


def keep_all(
    session: Session,
    *,
    round_: Round,
    panellist: Panellist,
    membership: Membership,
    question: str,
    asked: Asking | None = None,
) -> None:
    """All that the panellist answered to a question in the round before is hers in this one too.

    Where it is one answer it takes the place of what is in force; else what she has answered anew stays.
    """
    asked, ballot = _begin(session, round_, panellist, membership, asked)
    part = _part(asked, question, ())
    former = formerly(session, round_=round_, part=part, panellist=panellist)
    if former is None or not former.answers:
        raise NothingToKeep
    given = queries.given(session, ballot, list(part.subjects.values()))
    for code, subject in part.subjects.items():
        now, before = given.get(subject, Given()), former.answers.get(code, Answer())
        if former.is_one:
            _confirm(session, ballot, subject, before, now, alone=True)
        elif before.judgements and not now.answer.judgements:
            _confirm(session, ballot, subject, before, now)
    _kept(session, ballot, round_, asked, panellist)
    _reach(session, membership, round_, Progress.STARTED)


def submit(
    session: Session,
    *,
    round_: Round,
    panellist: Panellist,
    membership: Membership,
    blanks_meant: bool = False,
    asked: Asking | None = None,
) -> Seal:
    """What is in force is sealed and counts; submitting the same again gives the same receipt.

    What was left blank is not an abstention: the panellist must say that it is meant. Answers that do not
    go together stay saved, and are not submitted.
    """
    asked, ballot = _begin(session, round_, panellist, membership, asked)
    filled = queries.filled(session, round_=round_, asked=asked, panellist=panellist)
    if filled.is_empty:
        raise NothingToSubmit
    unfit = {part.code: fault for part in asked.parts.values() if (fault := filled.unfit(part))}
    if unfit:
        raise NotYetFit(unfit)
    if not blanks_meant and any(filled.blank(part) for part in asked.parts.values()):
        raise LeftBlank({"blanks": LeftBlank()})
    take_back(session, ballot)
    content, seal = filled.content, filled.seal
    if seal is None or sealing.parts(seal.content) != sealing.parts(content):
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


def _kept(session: Session, ballot: Ballot, round_: Round, asked: Asking, panellist: Panellist) -> None:
    if round_.counts_saved:
        filled = queries.filled(session, round_=round_, asked=asked, panellist=panellist)
        seal_saved(session, round_, ballot, filled)


def _begin(
    session: Session, round_: Round, panellist: Panellist, membership: Membership, asked: Asking | None
) -> tuple[Asking, Ballot]:
    # what a round asks is frozen when it opens: what was read before that may not be it
    was_frozen = round_.state is RoundState.OPEN
    round_ = lock_open_round(session, round_, membership)
    # two windows of one expert take turns, so that each sees what the other has saved
    session.exec(select(Panellist).where(Panellist.id == panellist.id).with_for_update()).one()
    if asked is None or not was_frozen:
        asked = queries.asking(session, round_)
    if asked is None:
        raise NotFound
    ballot = queries.find_ballot(session, round_=round_, panellist=panellist)
    if ballot is None:
        ballot = Ballot(round_id=round_.id, panellist_id=panellist.id)
        session.add(ballot)
        session.flush()
    return asked, ballot


def _part(asked: Asking, question: str, codes: Collection[str]) -> Part:
    part = asked.parts.get(question)
    if part is None or not set(codes) <= part.subjects.keys():
        raise NotFound
    return part


def _sent(entry: Entry) -> dict[str, Value]:
    sent: dict[str, Value] = dict(entry.judgements)
    sent |= {name: text or None for name, text in entry.texts.items()}
    return sent if entry.rationale is None else sent | {RATIONALE: entry.rationale or None}


def _write(
    session: Session,
    ballot: Ballot,
    subject: UUID,
    change: Merge,
    *,
    texts: Collection[str],
    kept: bool = False,
) -> None:
    for name, value in change.writes.items():
        place: dict[str, Any] = {
            "ballot_id": ballot.id,
            "subject_id": subject,
            "revision": change.seen[name],
        }
        if name in texts:
            session.add(RationaleRevision(**place, part=name, text=str(value or "")))
            continue
        session.add(
            AnswerRevision(
                **place,
                criterion=name,
                score=value if isinstance(value, int) else None,
                abstention=Abstention(value) if isinstance(value, str) else None,
                kept=kept,
            )
        )
    session.flush()


def _confirm(
    session: Session, ballot: Ballot, subject: UUID, before: Answer, now: Given, *, alone: bool = False
) -> None:
    """The former answer is in force, and with `alone` no judgement but it; texts written anew stay."""
    texts = before.texts | ({RATIONALE: before.rationale} if before.rationale else {})
    there = now.answer.texts | {RATIONALE: now.answer.rationale}
    writes: dict[str, Value] = {**before.judgements}
    writes |= {name: text for name, text in texts.items() if not there.get(name)}
    if alone:
        writes |= {name: None for name in now.answer.judgements if name not in before.judgements}
    judged = now.answer.judgements
    is_done = judged == before.judgements if alone else judged.items() >= before.judgements.items()
    if not (is_done and now.kept >= before.judgements.keys()):
        change = Merge(writes, {name: now.seen.get(name, 0) + 1 for name in writes})
        _write(session, ballot, subject, change, texts=texts, kept=True)


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
    if progress is not Progress.OPENED and row.started_on is None:
        where = i18n.zone(session.get_one(Seminar, round_.seminar_id).timezone)
        row.started_on = clock.now().astimezone(where).date()
    if progress is Progress.SUBMITTED:
        row.submitted_at = clock.now()
    session.flush()

"""The only door by which numbers of a round leave: its state, the asker's roles, the minimum group.

What is not released, and why:

- of a round that is not closed, nothing, to nobody; of a real-time one an expert who has answered sees
  what it shows of itself in steps, never ballot by ballot (`results.glimpses`), and beside the last of
  which the result must not show what the last few said;
- of a closed round, nothing to anybody until a facilitator looks at it, after which nobody can answer any
  more: of two results before and after a reopening, the difference would be of single ballots;
- of a closed round that was looked at, nothing to those who may not read it before it is published, and
  to those who may no file of numbers, which would not say that it is not published;
- of a round in which fewer submitted than the minimum group, nothing: each of them could work out
  what the few others answered;
- of a vote in the room that was held before on the same subject, nothing where fewer than the minimum group
  answered otherwise: beside the earlier result it would show what these said;
- texts that the facilitators hold back, or the words of them that they left out;
- digests of such texts, by which a guess could be tried;
- the rationales of an option that fewer than the minimum group rated, and the sources of a grade that
  fewer gave: a text has a style, and its author is one of those few;
- how views moved on an option, where fewer than the minimum group rated it in both rounds;
- what rank a sector's absence gives to any option, nor which sector it is that moves the ranking
  (`results.without_sectors`);
- how a sector rated, where fewer than the minimum group of it rated, or where the figures of such a
  sector would follow by subtraction; and, beside figures by sector, single ballots: from both together
  anybody could work out which ballots are of which sector, and then what a withheld sector said.

The figures of an option that few rated stay. They are not of a group that anybody can name: who rated
and who abstained is not known, and every member of the panel may be one of them. Who submitted in both
rounds the organisers do know by name: of so few it is not told how they moved.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, Literal, TypeVar, overload

from sqlmodel import Session, select

from app.errors import Conflict
from app.models import Item, Question, Round, Seminar, Subject
from app.models.registers import Kind
from app.models.rounds import ROOM, FeedbackPolicy, RoundState
from app.policy import Permission, Role, allows
from app.results import (
    answers,
    attrition,
    glimpses,
    guesses,
    held,
    matrix,
    queries,
    rooms,
    small_groups,
    tallies,
)
from app.results import what_if as trials
from app.results.answers import Answers
from app.results.attrition import Leaving
from app.results.comment_tally import CommentTally
from app.results.cover_tally import CoverTally
from app.results.panel import Panel
from app.results.propose_tally import ProposeTally
from app.results.tallies import Tally
from app.results.tally import RateTally
from app.results.turnout import Turnout
from app.results.weigh_tally import WeighTally
from app.results.what_if import WhatIf
from app.results.wordless import wordless
from app.rounds import lifecycle
from app.rounds import queries as rounds

Layout = Literal["cards", "plane"]
Roles = Collection[Role]
OneTally = TypeVar("OneTally", bound=Turnout)


class NotReleased(Conflict):
    """There is nothing to show of the round, or not to this person, or not yet."""

    message = "The result of round R%(number)s has not been published."


class NotLookedAt(NotReleased):
    """The round can still be opened again, so nobody may know its result."""

    message = lifecycle.StillSealed.message


class AnswerFirst(NotReleased):
    """A real-time round shows nothing to who has not answered."""

    message = "Answer this question first: then you see here how the panel answers."


class TooEarly(NotReleased):
    """So few have answered that figures about them would show what each of them said."""

    message = (
        "Figures are shown once at least %(needed)s experts have answered, of whom %(minimum)s, drawn by"
        " chance, are held back until the result. So far fewer have answered."
    )


class Withheld(NotReleased):
    """So few answered that a result would tell what each of them said."""

    message = (
        "The result of round R%(number)s is withheld: fewer than %(minimum)s experts submitted, and figures"
        " about so few would show what each of them answered."
    )


class TooAlike(NotReleased):
    """A vote that was held again, of which the difference to the one before would be of single ballots."""

    message = (
        "The result of round R%(number)s is withheld: this was rated in the room before, and fewer than "
        "%(minimum)s experts answered otherwise this time. Beside the earlier result, which stands, it would "
        "show what each of them answered."
    )


@dataclass(frozen=True, slots=True)
class Released(Generic[OneTally]):
    """A result that may be shown, with the question that it answers and the round in which it was asked."""

    round_: Round
    question: Question
    tally: OneTally


def released_of(session: Session, *, question: Question, roles: Roles) -> Tally:
    """The result of the question as these roles may see it, or `NotReleased` saying why not."""
    round_ = session.get_one(Round, question.round_id)
    if lifecycle.is_sealed(round_) and _may(roles, Permission.READ_CLOSED):
        raise NotLookedAt(number=round_.number)
    result = queries.result_to(session, question) if _is_open_to(round_, roles) else None
    if result is None:
        raise NotReleased(number=round_.number)
    tally = tallies.read(result.method, result.numbers)
    minimum = session.get_one(Seminar, round_.seminar_id).min_group
    if tally.submitted < minimum:
        raise Withheld(number=round_.number, minimum=minimum)
    if round_.kind == ROOM and not rooms.is_shown(session, question, minimum):
        raise TooAlike(number=round_.number, minimum=minimum)
    shown = small_groups.guarded(held.without(tally, held.held_of(session, question)), minimum)
    return guesses.unguessable(shown, tally)


def left_out(session: Session, *, question: Question) -> int:
    """Of how many experts the result leaves out some answer: whoever is shown it is told so."""
    return queries.left_out(session, question)


def require_published(round_: Round) -> None:
    """Refuse a file of numbers of a round that is not published.

    Pages, and the figures in them, say on their face that a result is not published yet; a file, once it
    is sent on, would not, and knows no roles.
    """
    if round_.state is not RoundState.PUBLISHED:
        raise NotReleased(number=round_.number)


def glimpse_of(session: Session, *, question: Question, panellist_has_answered: bool, roles: Roles) -> Tally:
    """What a real-time round shows of the question while it is open, to an expert who has answered it.

    The staff, who run the round, see nothing of it before it is closed and looked at.
    """
    round_ = session.get_one(Round, question.round_id)
    if not lifecycle.shows_itself(round_) or not _may(roles, Permission.ANSWER):
        raise NotReleased(number=round_.number)
    if not panellist_has_answered:
        raise AnswerFirst(number=round_.number)
    minimum = session.get_one(Seminar, round_.seminar_id).min_group
    glimpse = glimpses.find(session, question)
    if glimpse is None or glimpse.ballots < minimum:
        raise TooEarly(number=round_.number, minimum=minimum, needed=2 * minimum)
    tally = tallies.read(glimpse.method, glimpse.numbers)
    if round_.feedback is not FeedbackPolicy.RATIONALES:
        tally = wordless(tally)
    return small_groups.guarded(held.without(tally, held.held_of(session, question)), minimum)


def released(session: Session, *, round_: Round, roles: Roles) -> RateTally:
    """The result of the round's rating on cards as these roles may see it, or `NotReleased`."""
    question = rounds.rate_question(session, round_)
    if question is None:
        raise NotReleased(number=round_.number)
    tally = released_of(session, question=question, roles=roles)
    assert isinstance(tally, RateTally)
    return tally


def released_answers(session: Session, *, round_: Round, roles: Roles) -> Panel:
    """The answers behind a released rating, for those who may export: ballots in the order of their content.

    From its ratings, its weights and the result's seed, the aggregation core gives the same ranking.
    Rationales are those of the result, no more; the pairs, which tie two rounds together, are left out.
    """
    tally = released(session, round_=round_, roles=roles)
    _require_export(round_, roles)
    question = rounds.rate_question(session, round_)
    assert question is not None
    panel = matrix.load(session, question)
    texts = {code: tuple(texts) for code, texts in tally.rationales.items()}
    return replace(panel, rationales=texts, pairs=None)


def released_question_answers(session: Session, *, question: Question, roles: Roles) -> Answers | None:
    """The ballots behind a released result, for those who may export, in the order of their content.

    None where the question's answers are texts or proposals, and beside figures by sector.
    """
    tally = released_of(session, question=question, roles=roles)
    _require_export(session.get_one(Round, question.round_id), roles)
    if isinstance(tally, RateTally | WeighTally) and tally.groups:
        return None
    return answers.load(session, question)


def leaving(session: Session, *, round_: Round, roles: Roles) -> Leaving | None:
    """How those who left before this round had answered, for those who watch; None if there is nothing.

    Both rounds must be open to them, and both groups large enough, as for a sector.
    """
    if not any(allows(role, Permission.WATCH) for role in roles):
        return None
    minimum = session.get_one(Seminar, round_.seminar_id).min_group
    before = attrition.round_before(session, round_)
    if before is None or not (_is_open_to(before, roles) and _is_open_to(round_, roles)):
        return None
    return attrition.leaving(session, before=before, round_=round_, minimum=minimum)


def what_if(session: Session, *, round_: Round, roles: Roles, weights: Mapping[str, float]) -> WhatIf:
    """The ranking of a released rating under other weights, which changes nothing; `Invalid` if they are off.

    Of so few that the result tells no rank, none is told.
    """
    tally = released(session, round_=round_, roles=roles)
    question = rounds.rate_question(session, round_)
    if question is None or not tally.replicates:
        raise NotReleased(number=round_.number)
    return trials.count(matrix.load(session, question, tally.method), tally, weights)


def latest_released(session: Session, *, seminar: Seminar, roles: Roles) -> tuple[Round, RateTally] | None:
    """The last round whose rating on cards these roles may see, with its result; None if there is none."""
    found = latest_of(session, seminar=seminar, roles=roles, type="rate", layout="cards")
    return (found.round_, found.tally) if found else None


@overload
def latest_of(
    session: Session,
    *,
    seminar: Seminar,
    roles: Roles,
    type: Literal["rate"],
    about: Kind | None = None,
    layout: Layout | None = None,
) -> Released[RateTally] | None: ...


@overload
def latest_of(
    session: Session, *, seminar: Seminar, roles: Roles, type: Literal["cover"], about: Kind | None = None
) -> Released[CoverTally] | None: ...


@overload
def latest_of(
    session: Session, *, seminar: Seminar, roles: Roles, type: Literal["comment"], about: Kind | None = None
) -> Released[CommentTally] | None: ...


@overload
def latest_of(
    session: Session, *, seminar: Seminar, roles: Roles, type: Literal["propose"], about: Kind | None = None
) -> Released[ProposeTally] | None: ...


@overload
def latest_of(
    session: Session, *, seminar: Seminar, roles: Roles, type: Literal["weigh"]
) -> Released[WeighTally] | None: ...


def latest_of(
    session: Session,
    *,
    seminar: Seminar,
    roles: Roles,
    type: str,
    about: Kind | None = None,
    layout: Layout | None = None,
) -> Released[Any] | None:
    """The latest result of a question of that type, about that kind of item and so laid out, or None."""
    for round_, question in _asked_last(session, seminar):
        if question.type != type or layout not in {None, question.settings.get("layout", "cards")}:
            continue
        if about is not None and about not in _kinds(session, question):
            continue
        try:
            return Released(round_, question, released_of(session, question=question, roles=roles))
        except NotReleased:
            continue
    return None


def _asked_last(session: Session, seminar: Seminar) -> Iterator[tuple[Round, Question]]:
    for round_ in reversed(rounds.plan(session, seminar)):
        if round_.kind == ROOM:
            continue  # a vote in the room is of one subject, and concludes nothing
        for question in rounds.questions(session, round_):
            yield round_, question


def _kinds(session: Session, question: Question) -> set[Kind]:
    """What kinds of items the question is about, or asks for."""
    asked = select(Item.kind).join(Subject).where(Subject.question_id == question.id).distinct()
    return {Kind(word) for word in (*session.exec(asked), *question.settings.get("kinds", []))}


def _require_export(round_: Round, roles: Roles) -> None:
    if not _may(roles, Permission.EXPORT):
        raise NotReleased(number=round_.number)


def _is_open_to(round_: Round, roles: Roles) -> bool:
    needed = {
        RoundState.PUBLISHED: Permission.READ,
        RoundState.CLOSED: Permission.READ_CLOSED,
    }.get(round_.state)
    return needed is not None and not lifecycle.is_sealed(round_) and _may(roles, needed)


def _may(roles: Roles, permission: Permission) -> bool:
    return any(allows(role, permission) for role in roles)

"""The only door by which numbers of a round leave: its state, the asker's roles, the minimum group.

What is not released, and why:

- of a round that is not closed, nothing, to nobody;
- of a closed round, nothing to those who may not read it before it is published;
- of a round in which fewer submitted than the minimum group, nothing: each of them could work out
  what the few others answered;
- the rationales of an option that fewer than the minimum group rated: a text has a style, and its
  author is one of those few;
- how views moved on an option, where fewer than the minimum group rated it in both rounds.

The figures of such an option stay. They are not of a group that anybody can name: who rated and who
abstained is not known, and every member of the panel may be one of them. Who submitted in both rounds
the organisers do know by name: of so few it is not told how they moved.
"""

from collections.abc import Collection
from dataclasses import replace

from sqlmodel import Session

from app.errors import Conflict
from app.models import Round, Seminar
from app.models.rounds import RoundState
from app.policy import Permission, Role, allows
from app.results import matrix, queries
from app.results.panel import Panel
from app.results.tally import OptionTally, RateTally
from app.rounds import queries as rounds


class NotReleased(Conflict):
    """There is nothing to show of the round, or not to this person, or not yet."""

    message = "The result of round R%(number)s has not been published."


class Withheld(NotReleased):
    """So few answered that a result would tell what each of them said."""

    message = (
        "The result of round R%(number)s is withheld: fewer than %(minimum)s experts submitted, and figures"
        " about so few would show what each of them answered."
    )


def released(session: Session, *, round_: Round, roles: Collection[Role]) -> RateTally:
    """The result of the round as these roles may see it, or `NotReleased` saying why not."""
    if not _is_open_to(round_, roles):
        raise NotReleased(number=round_.number)
    result = queries.result_of(session, round_)
    if result is None:
        raise NotReleased(number=round_.number)
    tally = RateTally.from_numbers(result.numbers)
    minimum = session.get_one(Seminar, round_.seminar_id).min_group
    if tally.submitted < minimum:
        raise Withheld(number=round_.number, minimum=minimum)
    return _without_moves_of_few(_without_texts_of_few(tally, minimum), minimum)


def released_answers(session: Session, *, round_: Round, roles: Collection[Role]) -> Panel:
    """The answers behind a released result, for those who may export: ballots in the order of their content.

    From its ratings, its weights and the result's seed, the aggregation core gives the same ranking.
    Rationales are those of the result, no more; the pairs, which tie two rounds together, are left out.
    """
    tally = released(session, round_=round_, roles=roles)
    if not any(allows(role, Permission.EXPORT) for role in roles):
        raise NotReleased(number=round_.number)
    question = rounds.rate_question(session, round_)
    assert question is not None
    panel = matrix.load(session, question)
    texts = {code: tuple(texts) for code, texts in tally.rationales.items()}
    return replace(panel, rationales=texts, pairs=None)


def latest_released(
    session: Session, *, seminar: Seminar, roles: Collection[Role]
) -> tuple[Round, RateTally] | None:
    """The last round whose result these roles may see, with it; None if there is none."""
    for round_ in reversed(rounds.plan(session, seminar)):
        try:
            return round_, released(session, round_=round_, roles=roles)
        except NotReleased:
            continue
    return None


def _is_open_to(round_: Round, roles: Collection[Role]) -> bool:
    needed = {
        RoundState.PUBLISHED: Permission.READ,
        RoundState.CLOSED: Permission.READ_CLOSED,
    }.get(round_.state)
    return needed is not None and any(allows(role, needed) for role in roles)


def _without_texts_of_few(tally: RateTally, minimum: int) -> RateTally:
    few = [option.code for option in tally.options if _raters(option) < minimum]
    withheld = sorted(code for code in few if tally.rationales.get(code))
    kept = {code: texts for code, texts in tally.rationales.items() if code not in withheld}
    return replace(tally, rationales=kept, withheld=withheld)


def _without_moves_of_few(tally: RateTally, minimum: int) -> RateTally:
    return replace(tally, options=[_without_moves(option, minimum) for option in tally.options])


def _without_moves(option: OptionTally, minimum: int) -> OptionTally:
    if option.movement is None or option.movement.paired >= minimum:
        return option
    return replace(option, movement=None)


def _raters(option: OptionTally) -> int:
    """How many rated the option on the criterion that most rated it on."""
    return max((distribution.n for distribution in option.by_criterion.values()), default=0)

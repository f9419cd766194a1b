"""Which subjects should be asked about again, and why: a rule that proposes; a facilitator decides.

Of what is judged by itself, the rule proposes what is not settled, what is settled and still moved, what a
label calls by a hair, and what two experts or more have found new reasons against (Delphi's reopening
rule, users.md N5). Of what is put in an order, it proposes what may yet be among the first half. From a
rating into an order, where it is asked what comes first, goes what the panel is in favour of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# How many experts with new reasons open again what was settled.
REOPENING = 2


class Reason(StrEnum):
    """Why a subject is proposed, or why it is not."""

    NEW = "new"
    REWORDED = "reworded"
    FEW = "few"
    UNTOLD = "untold"
    APART = "apart"
    EVOLVING = "evolving"
    REOPENED = "reopened"
    NEAR = "near"
    RUNNING = "running"
    CHOSEN = "chosen"
    FAVOURED = "favoured"
    # these speak for leaving it out
    SETTLED = "settled"
    SETTLED_ONCE = "settled_once"
    BEHIND = "behind"
    PASSED_OVER = "passed_over"
    LEFT_OUT = "left_out"
    NOT_FAVOURED = "not_favoured"


LEAVES = frozenset(
    {
        Reason.SETTLED,
        Reason.SETTLED_ONCE,
        Reason.BEHIND,
        Reason.PASSED_OVER,
        Reason.LEFT_OUT,
        Reason.NOT_FAVOURED,
    }
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rule says of one subject: its reasons, the weightiest first, all for one side."""

    reasons: tuple[Reason, ...]

    @property
    def is_proposed(self) -> bool:
        """Whether it should be asked about again."""
        return not set(self.reasons) <= LEAVES


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is known of a subject that was judged by itself.

    `settled` by the rule of the question or by its label, None where neither says it; `stable` between
    two ratings, None after the first; `near` if its label would be another, were the thresholds moved by
    five points; `against` are experts with new reasons against what was settled; `few` answered so
    seldom that nothing can be said.
    """

    settled: bool | None
    stable: bool | None = None
    near: bool = False
    against: int = 0
    few: bool = False
    reworded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What is known of a subject that was put in an order with others.

    `low` and `high` are the ranks that it may have, None where they cannot be told; `among` is how many
    there are. Where each expert chose so many and no more, `chosen` is how many of the `choosers` did.
    """

    among: int
    low: int | None = None
    high: int | None = None
    chosen: int | None = None
    choosers: int = 0
    reworded: bool = False


def of_judged(facts: Judged) -> Proposal:
    """What the rule says of it.

    Examples
    --------
    >>> of_judged(Judged(settled=True, stable=True)).reasons
    (<Reason.SETTLED: 'settled'>,)
    >>> of_judged(Judged(settled=True, stable=True, against=2)).is_proposed
    True
    """
    settled = facts.settled is True
    found = {
        Reason.REWORDED: facts.reworded,
        Reason.FEW: facts.few,
        Reason.UNTOLD: facts.settled is None and not facts.few,
        Reason.APART: facts.settled is False and not facts.few,
        Reason.REOPENED: settled and facts.against >= REOPENING,
        Reason.EVOLVING: settled and facts.stable is False,
        Reason.NEAR: facts.near and not facts.few,
    }
    leaving = Reason.SETTLED_ONCE if facts.stable is None else Reason.SETTLED
    return Proposal(tuple(reason for reason, holds in found.items() if holds) or (leaving,))


def of_placed(facts: Placed) -> Proposal:
    """What the rule says of it.

    Where experts chose a few of many, it is whether more than half of them chose it (Schmidt, "Managing
    Delphi surveys using nonparametric statistical techniques", Decision Sciences 28(3), 1997); else
    whether its rank may be one of the first half.

    Examples
    --------
    >>> of_placed(Placed(among=12, low=5, high=9)).reasons
    (<Reason.RUNNING: 'running'>,)
    >>> of_placed(Placed(among=12, low=7, high=9)).is_proposed
    False
    """
    if facts.chosen is not None and facts.choosers:
        found = Reason.CHOSEN if 2 * facts.chosen > facts.choosers else Reason.PASSED_OVER
    elif facts.low is None:
        found = Reason.UNTOLD
    else:
        found = Reason.RUNNING if facts.low <= (facts.among + 1) // 2 else Reason.BEHIND
    if not facts.reworded:
        return Proposal((found,))
    return Proposal((Reason.REWORDED, *(() if found in LEAVES else (found,))))


def into_an_order(*, favoured: bool | None, reworded: bool = False) -> Proposal:
    """What the rule says of a subject that was rated and is now to be put in an order with others.

    `favoured` is None where too few answered for that to be told.
    """
    if favoured is None or reworded:
        return Proposal((Reason.REWORDED if reworded else Reason.FEW,))
    return Proposal((Reason.FAVOURED if favoured else Reason.NOT_FAVOURED,))


def new_reasons(given: Sequence[Sequence[str]], known: frozenset[str]) -> int:
    """How many experts at least gave reasons that were not known before.

    `given` has the reasons by the question in which they were given. One expert may have answered
    several questions, but each with one reason: so the most to one question are counted, not the sum.

    Examples
    --------
    >>> new_reasons([["It costs too much.", "Too late."], ["Too late."]], frozenset({"Too late."}))
    1
    """
    return max((sum(text not in known for text in texts) for texts in given), default=0)

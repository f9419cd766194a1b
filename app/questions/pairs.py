"""Pairs of subjects: how fields name them, and which of them an expert is asked for next.

The answer to a pair stands with its first code in alphabetical order, and its part is the other's code.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

import numpy as np

from app.aggregation import next_pairs
from app.questions import answers
from app.questions.answers import RATIONALE, SEEN, Answer, Entry, Judgement, Reader, UnknownPart, Written
from app.questions.protocol import Fields, Parsed

Pair: TypeAlias = tuple[str, str]

# What is said of a pair: its first comes first, its second does, or both are about equal.
FIRST, EQUAL, SECOND = 1, 0, -1
# of something about which she could not say so often, an expert is asked last
TOO_OFTEN = 2


class Paired(Written):
    """A type whose answers are about pairs of its subjects."""

    __slots__ = ()

    def parse(self: Reader, fields: Fields, subjects: Collection[str]) -> Parsed[Entry]:
        """What the form says of each pair; a part that is no other subject, further on, is none."""
        names = [name for name in fields if not _is_of_pair(name, subjects)]
        parsed = answers.parse(self, {n: v for n, v in fields.items() if n not in names}, subjects)
        for name in names:
            parsed.errors[name] = UnknownPart(code=answers.brief(name.partition(".")[2]))
        return parsed


def _is_of_pair(name: str, subjects: Collection[str]) -> bool:
    """Whether a field is of a pair; of what is not ours, or of no subject, others judge."""
    code, point, part = name.partition(".")
    if not point or code not in subjects or part in {RATIONALE, SEEN}:
        return True
    return part in subjects and code < part


def pair_of(one: str, other: str) -> Pair:
    """The two as a pair.

    Examples
    --------
    >>> pair_of("W03", "W01")
    ('W01', 'W03')
    """
    return (one, other) if one < other else (other, one)


def pairs(codes: Collection[str]) -> list[Pair]:
    """Every pair of these, in the order in which exports have them.

    Examples
    --------
    >>> pairs(["W02", "W01", "W03"])
    [('W01', 'W02'), ('W01', 'W03'), ('W02', 'W03')]
    """
    return list(combinations(sorted(codes), 2))


def said(given: Mapping[str, Answer]) -> dict[Pair, Judgement]:
    """What is said of each pair of which something is."""
    return {
        (code, part): judgement
        for code, answer in sorted(given.items())
        for part, judgement in sorted(answer.judgements.items())
    }


def next_pair(order: Sequence[str], known: Mapping[Pair, Judgement]) -> Pair | None:
    """The pair to ask an expert for, from what she herself has said; None if she has been asked for all.

    `order` has the codes in the expert's own order, by which equals are chosen among. First come pairs
    that join what she has not yet compared, then those of which she can be expected to tell most
    (`app.aggregation.next_pairs`). Nothing is asked for twice; what she twice could not say anything of
    is asked for when nothing else is left.

    Examples
    --------
    >>> next_pair(["W03", "W01", "W02"], {})
    ('W01', 'W03')
    >>> next_pair(["W03", "W01", "W02"], {("W01", "W03"): 1})
    ('W02', 'W03')
    """
    place = {code: at for at, code in enumerate(order)}
    wins, barred = np.zeros((len(order), len(order))), np.zeros((len(order), len(order)), dtype=np.bool_)
    for (one, other), judgement in known.items():
        if one in place and other in place:
            i, j = place[one], place[other]
            barred[i, j] = True
            if isinstance(judgement, int):
                wins[i, j], wins[j, i] = (1 + judgement) / 2, (1 - judgement) / 2
    for bar in (_unsaid(place, known), []):
        shut = barred.copy()
        shut[bar], shut[:, bar] = True, True
        if np.triu(~(shut | shut.T), 1).any():
            i, j = next_pairs(wins, 1, shut)[0]
            return pair_of(order[i], order[j])
    return None


def _unsaid(place: Mapping[str, int], known: Mapping[Pair, Judgement]) -> list[int]:
    """The places of what she could not say anything of, and has never compared."""
    unsure = Counter(code for pair, word in known.items() if isinstance(word, str) for code in pair)
    compared = {code for pair, score in known.items() if isinstance(score, int) for code in pair}
    return [
        place[code]
        for code, times in unsure.items()
        if times >= TOO_OFTEN and code in place and code not in compared
    ]

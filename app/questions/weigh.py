"""The question type `weigh`: say how important criteria are, by points, by swings or in pairs.

Its subjects are criteria, by their codes.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, Self, TypeAlias, get_args

import numpy as np

from app import aggregation
from app.errors import AppError
from app.questions import answers, pairs
from app.questions.answers import RATIONALE, RATIONALE_LIMIT, Answer, Judgement, UnknownPart
from app.questions.pairs import Pair, Paired
from app.questions.protocol import Fields, Parsed

Method: TypeAlias = Literal["points", "swing", "pairwise"]
METHODS: tuple[Method, ...] = get_args(Method)
NAME = "weigh"
POINTS = "points"
ALL = 100
# of Saaty's scale: k > 0 says that the first is k + 1 times as important, k < 0 that the second is
STEPS = range(-8, 9)
# above this, Saaty advises to look at the judgements again
TOLERATED = 0.1


class NotHundred(AppError):
    """Points that are more or fewer than there are to divide."""

    message = "The points add up to %(sum)s. Please make them 100."


class NoHundred(AppError):
    """Swings none of which is the measure of the others."""

    message = (
        "Please give 100 to the step that is worth most, and to the others what they are worth beside it."
    )


@dataclass(frozen=True, slots=True)
class Misfit:
    """The judgement that fits the others least; `stated` and `implied` say how many times as important."""

    pair: Pair
    stated: float
    implied: float


@dataclass(frozen=True, slots=True)
class Consistency:
    """How well judgements on all pairs go together; `ratio` is 0 if no two contradict each other."""

    ratio: float
    misfit: Misfit | None

    @property
    def is_tolerated(self) -> bool:
        """Whether they fit together as well as Saaty asks for."""
        return self.ratio <= TOLERATED


@dataclass(frozen=True, slots=True)
class Weigh(Paired):
    """A `weigh` question; `method` says how importance is told."""

    method: Method = "points"
    name: str = NAME

    @classmethod
    def of(cls, settings: Mapping[str, Any], scales: Mapping[str, tuple[int, int]]) -> Self:
        """From a question's settings; the scales of its criteria matter to ratings only."""
        del scales
        return cls(settings.get("method", "points"))

    @property
    def is_pairwise(self) -> bool:
        """Whether criteria are compared, rather than given a number each."""
        return self.method == "pairwise"

    @property
    def requires(self) -> bool:
        """Nobody must weigh."""
        return False

    def missing(self, answer: Answer | None) -> list[str]:
        """Nothing, therefore."""
        del answer
        return []

    def is_done(self, answer: Answer | None) -> bool:
        """With a number, or with what is said of any pair in which it stands first."""
        return answer is not None and bool(answer.judgements)

    def far(self, given: Mapping[str, Answer], subjects: Collection[str]) -> tuple[int, int]:
        """How many judgements are asked for, and how many are given."""
        count = len(subjects)
        asked = count * (count - 1) // 2 if self.is_pairwise else count
        return asked, sum(len(answer.judgements) for answer in given.values())

    def unfit(self, given: Mapping[str, Answer]) -> AppError | None:
        """Points that are not 100, or swings without the one that is: unless none is given at all."""
        numbers = numbers_of(given)
        if self.is_pairwise or not numbers:
            return None
        if self.method == "swing":
            return None if max(numbers.values()) == ALL else NoHundred()
        total = sum(numbers.values())
        return None if total == ALL else NotHundred(sum=total)

    def parse(self, fields: Fields, subjects: Collection[str]) -> Parsed[answers.Entry]:
        """What the form says: of pairs, or of each criterion by itself."""
        read = Paired.parse if self.is_pairwise else answers.parse
        return read(self, fields, subjects)

    def text_limit(self, part: str) -> int | None:
        """The reason is a text, all else a judgement."""
        return RATIONALE_LIMIT if part == RATIONALE else None

    def judgement(self, part: str, value: str) -> Judgement | None:
        """A number from 0 to 100, or a step of Saaty's scale; an empty text takes it back."""
        if not self.is_pairwise and part != POINTS:
            raise UnknownPart(code=answers.brief(part))
        if not value.strip():
            return None
        return answers.point(value.strip(), STEPS if self.is_pairwise else range(ALL + 1), ())

    def columns(self, subjects: Sequence[str]) -> list[str]:
        """A column for each criterion, or for each pair of them."""
        if self.is_pairwise:
            return [f"{one}.{other}" for one, other in pairs.pairs(subjects)]
        return [f"{code}.{POINTS}" for code in subjects]

    def cells(self, given: Mapping[str, Answer], subjects: Sequence[str]) -> list[int | str | None]:
        """One ballot as the values of those columns."""
        nothing = Answer()
        if self.is_pairwise:
            return [given.get(one, nothing).judgements.get(other) for one, other in pairs.pairs(subjects)]
        return [given.get(code, nothing).judgements.get(POINTS) for code in subjects]

    def weights(self, given: Mapping[str, Answer], subjects: Sequence[str]) -> dict[str, float] | None:
        """The weights that follow, which sum to 1; None while they do not follow yet.

        Of points that are 100 in all, what has none has 0. Swings and pairs must all be judged.

        Examples
        --------
        >>> Weigh().weights({"C1": Answer({"points": 70}), "C2": Answer({"points": 30})}, ["C1", "C2"])
        {'C1': 0.7, 'C2': 0.3}
        >>> Weigh("pairwise").weights({"C1": Answer({"C2": 2})}, ["C1", "C2"])
        {'C1': 0.75, 'C2': 0.25}
        """
        return self.weights_of(self.cells(given, subjects), subjects)

    def weights_of(
        self, cells: Sequence[int | str | None], subjects: Sequence[str]
    ) -> dict[str, float] | None:
        """The same from the values of the columns."""
        found = self._compared(cells, subjects) if self.is_pairwise else self._shares(cells)
        if found is None:
            return None
        return {code: round(weight, 12) for code, weight in zip(subjects, found, strict=True)}

    def _compared(self, cells: Sequence[int | str | None], subjects: Sequence[str]) -> list[float] | None:
        matrix = matrix_of(cells, subjects)
        return None if matrix is None else [float(w) for w in aggregation.ahp(matrix).weights]

    def _shares(self, cells: Sequence[int | str | None]) -> list[float] | None:
        numbers = [cell if isinstance(cell, int) else 0 for cell in cells]
        complete = None not in cells if self.method == "swing" else sum(numbers) == ALL
        if not (complete and any(numbers)):
            return None
        share = aggregation.swing if self.method == "swing" else aggregation.points
        return [float(weight) for weight in share(numbers)]

    def consistency(self, given: Mapping[str, Answer], subjects: Sequence[str]) -> Consistency | None:
        """How well judgements on pairs fit together; None before all are given, and of other methods."""
        return consistency_of(self.cells(given, subjects), subjects) if self.is_pairwise else None


def numbers_of(given: Mapping[str, Answer]) -> dict[str, int]:
    """The points or swings that are given, by criterion."""
    return {code: score for code, answer in given.items() if (score := answer.score(POINTS)) is not None}


def times(step: int) -> float:
    """How many times as important as the second a step of Saaty's scale says the first is.

    Examples
    --------
    >>> times(0), times(2), times(-1)
    (1.0, 3.0, 0.5)
    """
    return step + 1.0 if step >= 0 else 1 / (1.0 - step)


def matrix_of(cells: Sequence[int | str | None], subjects: Sequence[str]) -> np.ndarray[Any, Any] | None:
    """Saaty's matrix of the subjects in their order; None while a pair is not judged.

    Examples
    --------
    >>> matrix_of([2], ["C1", "C2"]).round(2).tolist()
    [[1.0, 3.0], [0.33, 1.0]]
    """
    if not subjects or not all(isinstance(cell, int) for cell in cells):
        return None
    place = {code: at for at, code in enumerate(subjects)}
    matrix = np.ones((len(subjects), len(subjects)))
    for (one, other), cell in zip(pairs.pairs(subjects), cells, strict=True):
        assert isinstance(cell, int)
        matrix[place[one], place[other]], matrix[place[other], place[one]] = times(cell), times(-cell)
    return matrix


def consistency_of(cells: Sequence[int | str | None], subjects: Sequence[str]) -> Consistency | None:
    """How well the judgements on all pairs fit together; two criteria cannot contradict each other.

    What fits least is the pair whose judgement is furthest, as a ratio, from the one that the weights of
    all judgements together imply.
    """
    matrix = matrix_of(cells, subjects)
    if matrix is None:
        return None
    found = aggregation.ahp(matrix)
    if math.isnan(found.consistency_ratio):
        return Consistency(0.0, None)
    apart: list[tuple[float, Pair, float, float]] = []
    for i, j in combinations(range(len(subjects)), 2):
        stated, implied = float(matrix[i, j]), float(found.weights[i] / found.weights[j])
        distance = round(abs(math.log(stated / implied)), 9)
        apart.append((-distance, (subjects[i], subjects[j]), stated, implied))
    distance, pair, stated, implied = min(apart)
    misfit = Misfit(pair, stated, implied) if distance < 0 else None
    return Consistency(round(found.consistency_ratio, 10), misfit)

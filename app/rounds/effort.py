"""How long a question will take an expert: a plain reckoning that errs on the side of the slow reader.

It is shown while a round is designed, and told to the panel. The constants come from the plan of the
first seminar: 26 ways forward on three scales that everyone is asked for, and four that few go on to,
take about half an hour.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, log2
from typing import Any

from app.questions.compare import Compare

# Words read in a minute by somebody who reads a second language with care.
READING = 180
# Seconds for one judgement on a scale that has been met before.
JUDGEMENT = 7
# Seconds to find a subject's place among others: in a ranking, or points among points.
PLACE = 6
POINTS = 9
# Seconds to compare two subjects that have been read.
PAIR = 10
# Seconds to write a reason, and the share of subjects for which somebody does.
REASON, REASONED = 50, 0.25
# Seconds to write one comment, and the share of subjects on which somebody does.
COMMENT, COMMENTED = 75, 0.4
# The share of frameworks that one expert knows, and seconds for the grade of one element.
KNOWN, GRADE = 0.3, 5
# How often a scale is used that is welcome and not asked of everyone.
WELCOMED = 0.3
# Minutes to write one proposal, and how many somebody writes.
PROPOSAL, PROPOSALS = 5, 1.5
# Minutes to find one's way into any question.
BEGINNING = 0.5
# What an expert gives between two meetings; beyond it many do not come back (users.md, P17).
TOO_LONG = 30

MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a question lays before an expert.

    `words` are those of each subject, `required` and `welcome` the scales by whether everyone is asked.
    """

    type: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    words: Sequence[int] = ()
    required: int = 0
    welcome: int = 0
    elements: int = 0

    @property
    def subjects(self) -> int:
        """How many there are."""
        return len(self.words)

    @property
    def reading(self) -> float:
        """The seconds that reading all of them takes."""
        return sum(self.words) / READING * MINUTE

    @property
    def reasons(self) -> float:
        """The seconds that go into reasons, where they are asked for."""
        return self.subjects * REASONED * REASON if "rationale" in self.settings else 0


def words_of(text: str) -> int:
    """How many words a text has; of scripts that do not part them, two signs count as one.

    Examples
    --------
    >>> words_of("Mark every weapon."), words_of("标记武器")
    (3, 2)
    """
    joined = sum("\u2e80" <= sign <= "\uffef" for sign in text)
    return joined // 2 + sum(not "\u2e80" <= word[0] <= "\uffef" for word in text.split())


def minutes(load: Load) -> float:
    """The minutes that the question will take, 0 while it is about nothing.

    Examples
    --------
    >>> round(minutes(Load(type="rate", settings={"rationale": {}}, words=[60] * 26, required=3, welcome=4)))
    27
    >>> minutes(Load(type="rate"))
    0
    """
    if load.type != "propose" and not load.words:
        return 0
    return BEGINNING + SECONDS.get(load.type, _judge)(load) / MINUTE


def rounded(whole: float) -> int:
    """The minutes as one says them: to the next five, so that nobody is promised too little.

    Examples
    --------
    >>> rounded(21.2), rounded(4), rounded(0)
    (25, 5, 0)
    """
    return ceil(whole / 5) * 5


def _rate(load: Load) -> float:
    scales = load.required + load.welcome * WELCOMED
    if not load.required:  # then the first of those that are welcome is what the question is about
        scales = max(scales, min(load.welcome, 2))
    return load.reading + load.subjects * scales * JUDGEMENT + load.reasons


def _cover(load: Load) -> float:
    return KNOWN * (load.reading + load.subjects * load.elements * GRADE)


def _comment(load: Load) -> float:
    return load.reading + load.subjects * COMMENTED * COMMENT


def _propose(load: Load) -> float:
    limit = load.settings.get("limit")
    return min(PROPOSALS, limit or PROPOSALS) * PROPOSAL * MINUTE


def _rank(load: Load) -> float:
    # who puts a list in order compares each with about as many others as halving the list takes
    return load.reading + load.subjects * max(1.0, log2(load.subjects)) * PLACE + load.reasons


def _allocate(load: Load) -> float:
    wanted = min(load.subjects, load.settings.get("most") or load.subjects)
    return load.reading + wanted * POINTS * 2 + load.reasons


def _compare(load: Load) -> float:
    return load.reading + Compare.of(load.settings, {}).budget(load.subjects) * PAIR + load.reasons


def _judge(load: Load) -> float:
    """A type of which nothing is known here: one judgement on each subject."""
    return load.reading + load.subjects * JUDGEMENT + load.reasons


def _weigh(load: Load) -> float:
    several = load.subjects * (load.subjects - 1) / 2
    pairwise = load.settings.get("method") == "pairwise"
    return load.reading + (several * PAIR if pairwise else load.subjects * POINTS * 2) + load.reasons


SECONDS: dict[str, Callable[[Load], float]] = {
    "rate": _rate,
    "cover": _cover,
    "comment": _comment,
    "propose": _propose,
    "rank": _rank,
    "allocate": _allocate,
    "compare": _compare,
    "weigh": _weigh,
}

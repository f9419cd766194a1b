"""What a tally is made from, in one order whatever the order of storage, and its digests."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.results.tally import CARDS, FIRST_METHODS, Scale
from app.results.turnout import Entry

# What an expert said of one option on one criterion: a score, the word of an abstention, or nothing.
Cell: TypeAlias = int | str | None
Cells: TypeAlias = tuple[Cell, ...]
# One ballot: its cells by option and criterion.
Ballot: TypeAlias = tuple[Cells, ...]
# The overall ratings of one expert by option, in the round before and in this one.
Pair: TypeAlias = tuple[Cells, Cells]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The sealed answers of a round, without anybody's name and in the order of their content.

    Two panels that said the same are the same: neither the order in which ballots were stored nor
    anything that tells one expert from another is left. `pairs` is None where there is no round
    before to compare with. `sides` stand at the places of `rationales`. `salt` keeps the digest of the
    texts from being found by trying texts.
    """

    round_number: int
    question: str
    options: tuple[Entry, ...]
    scales: tuple[Scale, ...]
    wording: Mapping[str, Any]
    ballots: tuple[Ballot, ...]
    rationales: Mapping[str, tuple[str, ...]]
    pairs: tuple[Pair, ...] | None
    method: str = CARDS
    sides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    agreement: Mapping[str, Any] | None = None
    salt: str = ""

    @classmethod
    def of(
        cls,
        *,
        ballots: Iterable[Ballot],
        rationales: Iterable[tuple[str, str, str]],
        pairs: Iterable[Pair] | None,
        **asked: Any,
    ) -> Self:
        """The panel of these ballots, of rationales by option with their sides, and of pairs, unordered."""
        said: dict[str, list[tuple[str, str]]] = {}
        for code, text, side in rationales:
            said.setdefault(code, []).append((text, side))
        # each option's by themselves: the places of one author's texts have nothing in common
        said = {code: sorted(said[code]) for code in sorted(said)}
        return cls(
            ballots=tuple(sorted(ballots, key=_key)),
            rationales={code: tuple(text for text, _ in some) for code, some in said.items()},
            sides={code: tuple(side for _, side in some) for code, some in said.items()},
            pairs=None if pairs is None else tuple(sorted(pairs, key=_key)),
            **asked,
        )

    @property
    def ratings(self) -> NDArray[np.float64]:
        """The scores by expert, option and criterion; nan for an abstention and for nothing."""
        return scores(self.ballots).reshape(len(self.ballots), len(self.options), len(self.scales))

    @property
    def before_and_now(self) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        """Overall scores by expert and option in the round before and in this one."""
        if not self.pairs:
            return None
        both = scores(self.pairs).reshape(len(self.pairs), 2, len(self.options))
        return both[:, 0], both[:, 1]

    def abstained(self, option: int, scale: int) -> dict[str, int]:
        """How many abstained, by the word of their reason."""
        words = (ballot[option][scale] for ballot in self.ballots)
        return dict(sorted(Counter(word for word in words if isinstance(word, str)).items()))

    def inputs(self) -> dict[str, str]:
        """A digest of each part of the input: what differs after a fault can be named."""
        options = [asdict(option) for option in self.options]
        first = self.method in FIRST_METHODS
        parts: dict[str, Any] = {
            "question": {"round": self.round_number, "code": self.question, "options": options},
            "scales": [asdict(scale) for scale in self.scales],
            "wording": self.wording,
            "ratings": self.ballots,
            "rationales": self.rationales if first else salted(self.salt, [self.rationales, self.sides]),
            "before": self.pairs,
            "method": self.method,
        }
        if not first:
            parts["agreement"] = self.agreement
        return {name: digest(part) for name, part in parts.items()}


def digest(content: Any) -> str:
    """SHA-256 over the content as canonical JSON: keys in order, no space, UTF-8."""
    canonical = json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def salted(salt: str, texts: Any) -> dict[str, Any]:
    """Texts to be digested with a salt that nobody is told: whoever guesses one cannot try it."""
    return {"salt": salt, "texts": texts}


def scores(ballots: Iterable[Ballot | Pair]) -> NDArray[np.float64]:
    """All scores in one row, ballot by ballot; nan for an abstention and for nothing."""
    cells = (cell for ballot in ballots for cells in ballot for cell in cells)
    return np.array([cell if isinstance(cell, int) else np.nan for cell in cells], dtype=np.float64)


def histogram(ratings: NDArray[np.float64], scale: Scale) -> list[int]:
    """How many gave each point of the scale, from low to high."""
    given = ratings[~np.isnan(ratings)].astype(np.int64) - scale.low
    counts: list[int] = np.bincount(given, minlength=scale.high - scale.low + 1).tolist()
    return counts


def _key(content: Ballot | Pair) -> list[tuple[int, int, str]]:
    return [_cell_key(cell) for cells in content for cell in cells]


def _cell_key(cell: Cell) -> tuple[int, int, str]:
    if cell is None:
        return (0, 0, "")
    return (1, cell, "") if isinstance(cell, int) else (2, 0, cell)

"""What is alike by letters and words, so that nothing is proposed twice unawares; whoever reads it judges."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

from rapidfuzz import fuzz

from app.registers.filters import plain

# Below this, what two texts of one subject have in common is chance.
LEAST = 12
LIMIT = 5
# The head of a text says what it is about.
HEAD = 1500
# A word counts by its beginning, so that `marking` and `marked` meet; one of a title counts threefold.
BEGINNING = 5
TITLE = 3
LETTERS = 0.6
# Words, and where they are not set apart by spaces, the signs.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]{3,}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something with which a text is compared: an item by its code, or a proposal by its reference."""

    code: str
    title: str
    text: str = ""
    is_proposal: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate, and how much of it is alike, in per cent."""

    candidate: Candidate
    percent: int


def similar(
    title: str, text: str, candidates: Iterable[Candidate], limit: int = LIMIT, least: int = LEAST
) -> list[Match]:
    """The candidates most like the title and text, the likest first.

    Texts are compared by the words that they share, of which rare ones say more, and titles by their
    letters too, so that a slip of the pen does not hide what is the same.

    Examples
    --------
    >>> found = similar("Marking of ammunition", "", [Candidate("G01", "Ammunition is not marked")])
    >>> found[0].candidate.code
    'G01'
    >>> similar("Training of customs officers", "", [Candidate("G01", "Ammunition is not marked")])
    []
    """
    others = list(candidates)
    bags = [_bag(one.title, one.text) for one in others]
    own, rarity = _bag(title, text), _rarity(bags)
    # a word that none of them has says as much as the rarest
    rarity = dict.fromkeys(own, max(rarity.values(), default=1.0)) | rarity
    length = _length(own, rarity)
    matches = [
        Match(one, round(100 * max(_shared(own, length, bag, rarity), _alike(title, one.title))))
        for one, bag in zip(others, bags, strict=True)
    ]
    likely = [match for match in matches if match.percent >= least]
    return sorted(likely, key=lambda match: (-match.percent, match.candidate.code))[:limit]


def _bag(title: str, text: str) -> Counter[str]:
    """The beginnings of the words, and how much each counts."""
    bag: Counter[str] = Counter()
    for part, weight in ((title, TITLE), (text[:HEAD], 1)):
        for word in set(WORD.findall(plain(part))):
            bag[word[:BEGINNING]] += weight
    return bag


def _rarity(bags: Sequence[Counter[str]]) -> dict[str, float]:
    found = Counter(word for bag in bags for word in bag)
    return {word: log(1 + len(bags) / times) for word, times in found.items()}


def _shared(own: Counter[str], length: float, other: Counter[str], rarity: dict[str, float]) -> float:
    """The cosine between the two bags of words, each word weighed by how rare it is."""
    common = sum(own[word] * other[word] * rarity[word] ** 2 for word in own.keys() & other.keys())
    return common / (length * _length(other, rarity)) if common else 0.0


def _length(bag: Counter[str], rarity: dict[str, float]) -> float:
    return sqrt(sum((weight * rarity[word]) ** 2 for word, weight in bag.items()))


def _alike(one: str, other: str) -> float:
    """How alike two titles are by their letters, in whatever order their words stand.

    Cubed, and nothing below a point, since half of the letters agree by chance.
    """
    share = fuzz.token_sort_ratio(plain(one), plain(other)) / 100
    return share**3 if share >= LETTERS else 0.0

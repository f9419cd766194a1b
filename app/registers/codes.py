"""The codes of items: which can be one, and which comes next in a register."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, count

from app.models.registers import Kind

LONGEST = 32
LONGEST_INITIALS = 8
LONGEST_PREFIX = 16
WIDTH = 2
# a code stands in addresses, in the names of form fields and in lists: no stop, no space, no semicolon
CODE = re.compile(r"[^\W_](?:[^\W_]|-(?=[^\W_])){0,31}")
NUMBERED = re.compile(r"(\D*?)(\d{1,9})")
WORDS = re.compile(r"[^\W\d_]+")

# How codes begin where a register is still empty.
FIRST: dict[Kind, str] = {
    Kind.ELEMENT: "E",
    Kind.THREAT: "T",
    Kind.STAKEHOLDER: "STK-",
    Kind.FRAMEWORK: "FW-",
    Kind.PRACTICE: "P",
    Kind.GAP: "G",
    Kind.OPPORTUNITY: "O",
    Kind.OPTION: "W",
}
NAMED = frozenset({Kind.STAKEHOLDER, Kind.FRAMEWORK})


def is_code(text: str) -> bool:
    """Whether the text can be a code."""
    return CODE.fullmatch(text) is not None


class Coiner:
    """Gives the codes of a register that come after those it has; none that the seminar has already."""

    def __init__(self, kind: Kind, own: Collection[str], taken: Collection[str]) -> None:
        self.taken = set(taken)
        self.named = kind in NAMED
        self.prefix, self.width, first = _named(kind, own) if self.named else _numbered(kind, own)
        self.numbers = count(first)

    def coin(self, title: str = "") -> str:
        """The next code; where codes are names, from the title's initials, as in STK-UNODC."""
        code = next(code for code in self._candidates(title) if code not in self.taken)
        self.taken.add(code)
        return code

    def _candidates(self, title: str) -> Iterator[str]:
        initials = _initials(title) if self.named else ""
        if not initials:
            return (f"{self.prefix}{number:0{self.width}}" for number in self.numbers)
        later = (f"{self.prefix}{initials}{number}" for number in count(2))
        return chain([f"{self.prefix}{initials}"], later)


def _named(kind: Kind, own: Iterable[str]) -> tuple[str, int, int]:
    prefixes = Counter(code.partition("-")[0] for code in own if "-" in code)
    return (prefixes.most_common(1)[0][0][:LONGEST_PREFIX] + "-" if prefixes else FIRST[kind]), 1, 1


def _numbered(kind: Kind, own: Iterable[str]) -> tuple[str, int, int]:
    """The prefix that most codes of the register have, their width, and the number after theirs."""
    numbered = [found for code in own if (found := NUMBERED.fullmatch(code))]
    if not numbered:
        return FIRST[kind], WIDTH, 1
    prefix = Counter(found[1] for found in numbered).most_common(1)[0][0]
    same = [found[2] for found in numbered if found[1] == prefix]
    return prefix, max(map(len, same)), max(map(int, same)) + 1


def _initials(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words: list[str] = WORDS.findall(plain)
    capital = [word for word in words if word[0].isupper()]
    if len(words) == 1 or len(capital) == 1:
        return max(capital or words, key=len)[:LONGEST_INITIALS].upper()
    return "".join(word[0] for word in (capital or words))[:LONGEST_INITIALS].upper()

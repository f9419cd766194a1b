"""The codes of items: which can be one, and which comes next in a register."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import count

from app.models.registers import Kind

LONGEST = 32
LONGEST_INITIALS = 8
LONGEST_PREFIX = 16
WIDTH = 2
# a code stands in addresses, in the names of form fields and in lists: no stop, no space, no semicolon
CODE = re.compile(r"[^\W_](?:[^\W_]|-(?=[^\W_])){0,31}")
NUMBERED = re.compile(r"(\D*?)(\d+)")
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


def following(kind: Kind, own: Iterable[str], taken: Collection[str], title: str = "") -> str:
    """The code after those of the register, which no item of the seminar has yet."""
    if kind in NAMED:
        return _named(kind, list(own), taken, title)
    numbered = [found for code in own if (found := NUMBERED.fullmatch(code))]
    prefix, width, number = FIRST[kind], WIDTH, 1
    if numbered:
        prefix = Counter(found[1] for found in numbered).most_common(1)[0][0]
        same = [found[2] for found in numbered if found[1] == prefix]
        width, number = max(map(len, same)), max(map(int, same)) + 1
    return _free((f"{prefix}{later:0{width}}" for later in count(number)), taken)


def _named(kind: Kind, own: list[str], taken: Collection[str], title: str) -> str:
    """A code from the title's initials, as in STK-UNODC, with a number where that is taken."""
    prefixes = Counter(code.partition("-")[0] for code in own if "-" in code)
    prefix = prefixes.most_common(1)[0][0][:LONGEST_PREFIX] + "-" if prefixes else FIRST[kind]
    initials = _initials(title)
    if initials and f"{prefix}{initials}" not in taken:
        return f"{prefix}{initials}"
    first = 2 if initials else 1
    return _free((f"{prefix}{initials}{number}" for number in count(first)), taken)


def _free(endless: Iterator[str], taken: Collection[str]) -> str:
    return next(code for code in endless if code not in taken)


def _initials(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words: list[str] = WORDS.findall(plain)
    capital = [word for word in words if word[0].isupper()]
    if len(words) == 1 or len(capital) == 1:
        return max(capital or words, key=len)[:LONGEST_INITIALS].upper()
    return "".join(word[0] for word in (capital or words))[:LONGEST_INITIALS].upper()

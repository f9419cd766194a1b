"""Words that the seminar's rules avoid, wherever they stand in a text, and what to write instead."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.report import markup

ASIDE = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Caution:
    """A word or phrase that was found, and why another one is better."""

    found: str
    use: str
    why: str


def cautions(body: str, wording: Mapping[str, Any]) -> list[Caution]:
    """What of the words to avoid stands in the text, each once; what is in places is not the text's own."""
    text = _text(body)
    found: dict[str, Caution] = {}
    for entry in wording.get("words_to_avoid") or []:
        for phrase in phrases(str(entry.get("avoid", ""))):
            match = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE)
            if match:
                caution = Caution(match[0], str(entry.get("use", "")), str(entry.get("why", "")))
                found.setdefault(phrase.casefold(), caution)
    return list(found.values())


def phrases(avoid: str) -> Iterator[str]:
    """The phrases of one entry; a verb alone goes on from the phrase before it.

    Examples
    --------
    >>> list(phrases("the seminar decided, recommended")), list(phrases("score, winner, best"))
    (['the seminar decided', 'the seminar recommended'], ['score', 'winner', 'best'])
    >>> list(phrases("consensus (for a statistical result)"))
    ['consensus']
    """
    start = ""
    for piece in ASIDE.sub("", avoid).split(","):
        phrase = piece.strip()
        if not phrase:
            continue
        words = phrase.split()
        yield f"{start} {phrase}" if start and len(words) == 1 else phrase
        start = " ".join(words[:-1]) or start


def _text(body: str) -> str:
    """The words of the text without its signs and places."""
    parts = []
    for token in markup.tokens(body):
        parts += [child.content for child in token.children or [] if child.type in {"text", "code_inline"}]
        parts.append("\n")
    return " ".join(parts)

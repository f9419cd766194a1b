"""The reasons that may be shown of a result, in the reader's own random order."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.feedback.queries import Marks
from app.questions.answers import Answer
from app.questions.fingerprint import fingerprint
from app.results.comment_tally import CommentTally
from app.results.cover_tally import CoverTally
from app.results.reasoned import Reasoned
from app.results.tallies import Tally
from app.results.tally import AGAINST, FOR, NEITHER, UNTOLD, RateTally

# of one mark it is not told that there is one: it would be of somebody whom a reader may know
LEAST_MARKS = 2
SIDES = (FOR, AGAINST, NEITHER, UNTOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A text on a subject: on which side, whether it is the reader's own, and whether it was found helpful.

    `helpful` is how many found it so, None where too few did.
    """

    text: str
    side: str
    digest: str
    is_own: bool
    is_marked: bool
    helpful: int | None


def of(
    tally: Tally, own: Mapping[str, Answer], marks: Marks, *, reader: UUID, key: object
) -> dict[str, list[Reason]]:
    """The reasons by the code of their subject; the order of each list is the reader's, and joins nothing."""
    find = next((find for kind, find in TEXTS.items() if isinstance(tally, kind)), None)
    if find is None:
        return {}
    return {
        code: _own_order(_reasons(code, said, own.get(code, Answer()), marks), reader, key, code)
        for code, said in find(tally).items()
        if said
    }


def grouped(reasons: Iterable[Reason]) -> list[tuple[str, list[Reason]]]:
    """The same by their sides, those that are empty left out."""
    listed = list(reasons)
    split = [(side, [one for one in listed if one.side == side]) for side in SIDES]
    return [(side, some) for side, some in split if some]


def _reasons(code: str, said: Iterable[tuple[str, str]], mine: Answer, marks: Marks) -> list[Reason]:
    """With the reader's own marked: once, even if others wrote the same words."""
    own = [text for text in (mine.rationale, *mine.texts.values()) if text]
    found = []
    for text, side in said:
        named = (code, fingerprint(text))
        is_own = text in own
        if is_own:
            own.remove(text)
        count = marks.counts[named]
        found.append(
            Reason(
                text=text,
                side=side,
                digest=named[1],
                is_own=is_own,
                is_marked=named in marks.mine,
                helpful=count if count >= LEAST_MARKS else None,
            )
        )
    return found


def _own_order(reasons: list[Reason], reader: UUID, key: object, code: str) -> list[Reason]:
    def place(reason: Reason) -> bytes:
        return hashlib.sha256(f"{reader}:{key}:{code}:{reason.text}".encode()).digest()

    return sorted(reasons, key=place)


def _of_rating(tally: RateTally) -> dict[str, list[tuple[str, str]]]:
    return {code: tally.reasons(code) for code in tally.rationales}


def _of_comments(tally: CommentTally) -> dict[str, list[tuple[str, str]]]:
    return {
        code: [(text, FOR) for text in sides["for"]] + [(text, AGAINST) for text in sides["against"]]
        for code, sides in tally.arguments.items()
    }


def _without_sides(tally: CoverTally | Reasoned) -> dict[str, list[tuple[str, str]]]:
    return {code: [(text, UNTOLD) for text in texts] for code, texts in tally.rationales.items()}


# By the kind of result, its texts by subject, each with its side.
TEXTS: Mapping[type[Any], Callable[[Any], dict[str, list[tuple[str, str]]]]] = {
    RateTally: _of_rating,
    CommentTally: _of_comments,
    CoverTally: _without_sides,
    Reasoned: _without_sides,
}

"""The question type `rank`: put subjects in an order, with ties and gaps in it where they are allowed.

A place is a whole number from 1, and the smaller is the better; equal places are a tie. What has no place is
not ranked: that says nothing of it, and least of all that it is last.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.errors import AppError
from app.questions import answers
from app.questions.answers import RATIONALE, RATIONALE_LIMIT, Answer, Entry, Judgement, UnknownPart, Written
from app.questions.protocol import Fields, Parsed

PLACE = "rank"
# no list of subjects is longer, and only the order of the places counts
PLACES = range(1, 1000)


class NoPlace(AppError):
    """What was typed is no place in an order."""

    message = "Please give a place as a whole number from 1, or leave the field empty."


class Tied(AppError):
    """Two subjects in one place, where the question asks for an order without ties."""

    message = "Two or more have the same place (%(place)s). Please give each a place of its own."


class TooManyRanked(AppError):
    """More subjects ranked than the question asks for."""

    message = "You have ranked %(ranked)s. Please rank %(most)s at most."


@dataclass(frozen=True, slots=True)
class Rank(Written):
    """A `rank` question: whether ties and subjects without a place are allowed, and how many may have one."""

    ties: bool = True
    unranked: bool = True
    most: int | None = None
    abstentions: tuple[str, ...] = ()
    name: str = "rank"

    @classmethod
    def of(cls, settings: Mapping[str, Any], scales: Mapping[str, tuple[int, int]]) -> Self:
        """From a question's settings; there are no scales."""
        del scales
        return cls(
            ties=bool(settings.get("ties", True)),
            unranked=bool(settings.get("unranked", True)),
            most=settings.get("most"),
            abstentions=tuple(one["value"] for one in settings.get("abstentions", [])),
        )

    @property
    def requires(self) -> bool:
        """Whether everyone is asked for a place of every subject."""
        return not self.unranked and self.most is None

    def missing(self, answer: Answer | None) -> list[str]:
        """The place, where everyone is asked for it."""
        return [PLACE] if self.requires and not self.is_done(answer) else []

    def is_done(self, answer: Answer | None) -> bool:
        """With a place or an abstention."""
        return answer is not None and PLACE in answer.judgements

    def parse(self, fields: Fields, subjects: Collection[str]) -> Parsed[Entry]:
        """What the form says of each subject; an abstention stands in a field of its own."""
        return answers.parse(self, answers.with_abstentions(fields, PLACE), subjects)

    def text_limit(self, part: str) -> int | None:
        """The rationale is a text, the place none."""
        return RATIONALE_LIMIT if part == RATIONALE else None

    def judgement(self, part: str, value: str) -> Judgement | None:
        """The place or abstention that the text names; an empty one takes the subject out of the order."""
        if part != PLACE:
            raise UnknownPart(code=answers.brief(part))
        try:
            return answers.point(value, PLACES, self.abstentions) if value else None
        except answers.ScoreOffScale:
            raise NoPlace from None

    def unfit(self, given: Mapping[str, Answer]) -> AppError | None:
        """Ties where none are allowed, or more places than are asked for."""
        places = [place for answer in given.values() if (place := answer.score(PLACE)) is not None]
        if self.most is not None and len(places) > self.most:
            return TooManyRanked(ranked=len(places), most=self.most)
        shared = [place for place, times in sorted(Counter(places).items()) if times > 1]
        return Tied(place=shared[0]) if shared and not self.ties else None

    def columns(self, subjects: Sequence[str]) -> list[str]:
        """One column for each subject; rationales are exported apart, tied to no ballot."""
        return [f"{code}.{PLACE}" for code in subjects]

    def cells(self, given: Mapping[str, Answer], subjects: Sequence[str]) -> list[int | str | None]:
        """One ballot as the values of those columns: a place, the word of an abstention, or nothing."""
        nothing = Answer()
        return [given.get(code, nothing).judgements.get(PLACE) for code in subjects]


def in_order(places: Mapping[str, int]) -> list[list[str]]:
    """The subjects from the first place on, those that are tied together.

    Examples
    --------
    >>> in_order({"W01": 5, "W02": 1, "W03": 5})
    [['W02'], ['W01', 'W03']]
    """
    return [[code for code in places if places[code] == place] for place in sorted(set(places.values()))]

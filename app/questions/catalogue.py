"""Every type of question by the word that names it; adding one is adding a line here."""

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

from app.questions.allocate import Allocate
from app.questions.answers import Answer, Entry
from app.questions.comment import Comment
from app.questions.compare import Compare
from app.questions.cover import Cover
from app.questions.propose import Propose
from app.questions.protocol import QuestionType
from app.questions.rank import Rank
from app.questions.rate import Rate
from app.questions.weigh import Weigh

Type: TypeAlias = QuestionType[Entry, Answer]


class Maker(Protocol):
    """The class of a type, which sets it up for one question."""

    def of(self, settings: Mapping[str, Any], scales: Mapping[str, tuple[int, int]]) -> Type:
        """The type as the settings of a question have it; `scales` are the ends of the criteria by code."""


TYPES: dict[str, Maker] = {
    "rate": Rate,
    "cover": Cover,
    "comment": Comment,
    "propose": Propose,
    "rank": Rank,
    "allocate": Allocate,
    "compare": Compare,
    "weigh": Weigh,
}


def type_of(name: str, settings: Mapping[str, Any], scales: Mapping[str, tuple[int, int]]) -> Type:
    """The type as the settings of a question have it; `scales` are the ends of the criteria by code."""
    return TYPES[name].of(settings, scales)

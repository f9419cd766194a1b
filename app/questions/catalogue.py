"""Every type of question by the word that names it; adding one is adding a line here."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from app.questions.answers import Answer, Entry
from app.questions.comment import Comment
from app.questions.cover import Cover
from app.questions.propose import Propose
from app.questions.protocol import QuestionType
from app.questions.rate import Rate

Type: TypeAlias = QuestionType[Entry, Answer]

TYPES: dict[str, type[Rate] | type[Cover] | type[Comment] | type[Propose]] = {
    "rate": Rate,
    "cover": Cover,
    "comment": Comment,
    "propose": Propose,
}


def type_of(name: str, settings: Mapping[str, Any], scales: Mapping[str, tuple[int, int]]) -> Type:
    """The type as the settings of a question have it; `scales` are the ends of the criteria by code."""
    return TYPES[name].of(settings, scales)

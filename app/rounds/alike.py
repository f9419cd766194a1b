"""Whether two questions ask the same, so that an answer to one can be an answer to the other."""

from app.models import Question
from app.rounds import queries


def is_alike(one: Question, other: Question) -> bool:
    """Whether they do: of one type and so laid out, planes with the same axes, weights by one method."""
    return _what(one) == _what(other)


def _what(question: Question) -> tuple[object, ...]:
    settings = question.settings
    if question.type == queries.RATE and not queries.rates_on_cards(question):
        return question.type, *(axis["code"] for axis in settings.get("criteria", []))
    return question.type, settings.get("method")


def alike(question: Question, others: list[Question]) -> Question | None:
    """Of the others that which asks the same, rather by the same code."""
    found = [one for one in others if is_alike(one, question)]
    return next((one for one in found if one.code == question.code), next(iter(found), None))

"""What a form was filled in upon, so that two who design at once do not overwrite each other in silence."""

import json
from collections.abc import Sequence
from hashlib import sha256

from app.errors import Conflict
from app.models import Criterion, Question, Round, Subject

LENGTH = 16


class ChangedMeanwhile(Conflict):
    """Somebody else has saved between the form and its return."""

    message = (
        "This was changed in another window while you were writing. Nothing was overwritten: what you typed "
        "is still here, and what is saved now stands beside it. Save again if yours is to hold."
    )


def of_round(round_: Round) -> str:
    """The state of a round's own settings."""
    words = (round_.title, round_.purpose, round_.instructions)
    rules = (
        round_.feedback,
        round_.reveal,
        str(round_.previous_id),
        round_.counts_saved,
        round_.quorum_share,
        round_.reminders,
    )
    times = [at.isoformat() if at else "" for at in (round_.opens_at, round_.closes_at)]
    return _digest(words, rules, times)


def of_question(question: Question) -> str:
    """The state of what a question asks."""
    return _digest(question.type, question.prompt, question.settings)


def of_subjects(question: Question, subjects: Sequence[Subject]) -> str:
    """The state of what a question is about."""
    things = [str(subject.item_id or subject.criterion_id) for subject in subjects]
    return _digest(question.settings.get("about"), things)


def of_criterion(criterion: Criterion) -> str:
    """The state of a criterion."""
    return _digest(criterion.model_dump(mode="json", exclude={"id", "created_at", "position"}))


def require(seen: str | None, now: str) -> None:
    """Refuse what was written upon another state than the present one; who has seen none is believed."""
    if seen is not None and seen != now:
        raise ChangedMeanwhile


def _digest(*state: object) -> str:
    return sha256(json.dumps(state, sort_keys=True, default=str).encode()).hexdigest()[:LENGTH]

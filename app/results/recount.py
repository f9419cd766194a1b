"""Count a closed round again, from its sealed ballots, and say what differs from what was frozen."""

import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.errors import AppError
from app.models import Question, Result
from app.results import counting, sectors, tallies, weigh_sectors
from app.results.tally import RateTally
from app.results.weigh_tally import WeighTally
from app.wording import BrokenRule


@dataclass(frozen=True, slots=True)
class Recount:
    """What differs; nothing, if the result is whole."""

    faults: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether the recount gave the same."""
        return not self.faults


def recompute(session: Session, result: Result) -> Recount:
    """The result counted again: which parts of its input and which of its numbers are no longer the same.

    What is told and not counted is taken from the result, since it belongs to the day of closing: how many
    were invited and had joined, the quorum, who was of which sector, what the registers said. What a
    sector is said to have answered must lie within what the panel did.
    """
    question = session.get_one(Question, result.question_id)
    try:
        frozen = tallies.read(result.method, result.numbers)
        again = counting.count_again(session, question, frozen)
    except (AttributeError, KeyError, TypeError, IndexError):
        return Recount(("the frozen numbers cannot be read",))
    except (AppError, BrokenRule) as fault:
        return Recount((str(fault),))
    faults = [
        f"the {part} are not those that were counted"
        for part, digest in again.inputs.items()
        if frozen.inputs.get(part) != digest
    ]
    if (result.input_digest, result.method) != (again.input_digest, again.method):
        faults.append("the digest of the input or the method differs")
    faults += _differences(_as_json(again.as_numbers()), result.numbers)
    if isinstance(again, RateTally):
        faults += sectors.faults(again)
    if isinstance(again, WeighTally):
        faults += weigh_sectors.faults(again)
    return Recount(tuple(faults))


def _as_json(numbers: dict[str, Any]) -> Any:
    return json.loads(json.dumps(numbers))


def _differences(again: Any, frozen: Any, path: str = "numbers") -> list[str]:
    """The places at which two JSON values differ, the deepest that can be named."""
    if isinstance(again, dict) and isinstance(frozen, dict):
        names = sorted({*again, *frozen})
        return [
            fault
            for name in names
            for fault in _differences(again.get(name), frozen.get(name), f"{path}.{name}")
        ]
    if isinstance(again, list) and isinstance(frozen, list) and len(again) == len(frozen):
        pairs = zip(again, frozen, strict=True)
        return [
            fault
            for place, (one, other) in enumerate(pairs)
            for fault in _differences(one, other, f"{path}[{place}]")
        ]
    return [] if again == frozen else [f"{path} differs from the recount"]

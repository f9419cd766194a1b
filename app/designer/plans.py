"""Plans of rounds: what they ask and when, without any item or answer; and those that are shipped."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.founding.documents import read
from app.models.registers import Kind

FOLDER = Path(__file__).parent / "blueprints"

Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Passage = Annotated[str, StringConstraints(max_length=2000)]
Text = Annotated[str, StringConstraints(max_length=8000)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=12)]
Share = Annotated[float, Field(gt=0, le=1)]
Type = Literal["rate", "cover", "comment", "propose", "rank", "allocate", "compare", "weigh"]
Register = Literal["threat", "stakeholder", "framework", "practice", "gap", "opportunity", "option"]


class Shape(BaseModel):
    """Nothing unknown, nothing converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PlannedCriterion(Shape):
    """A criterion in full, for seminars that lack it."""

    code: Code
    label: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    question: Annotated[str, StringConstraints(max_length=1000)] = ""
    note: Annotated[str, StringConstraints(max_length=1000)] = ""
    benefit: bool = True
    low: int = 1
    high: int = 9
    anchors: dict[str, str] = Field(default_factory=dict)


class PlannedQuestion(Shape):
    """A question: about all that stands in the registers `about`.

    Where it is `judged`, experts are asked for a reason and may say why they give none, in the words of
    the seminar; `reason` asks for it in other words. A question that was kept from a seminar has both
    among its settings. In these, the criterion `OV` stands for the overall one, whatever its code.
    """

    type: Type
    prompt: Passage
    about: list[Register] = Field(default_factory=list)
    settings: dict[str, Any] = Field(default_factory=dict)
    judged: bool = False
    reason: Passage = ""

    @property
    def kinds(self) -> list[Kind]:
        """The registers that it is about."""
        return [Kind(word) for word in self.about]

    @property
    def criteria(self) -> list[str]:
        """The codes of the criteria on which it rates."""
        return [one["code"] for one in self.settings.get("criteria", [])]


class PlannedRound(Shape):
    """A round; `builds_on` is the place in the plan of the round whose result it shows."""

    title: Line
    kind: Annotated[str, StringConstraints(min_length=1, max_length=32)] = "own"
    purpose: Passage = ""
    instructions: Text = ""
    anonymity: Annotated[str, StringConstraints(max_length=1000)] = ""
    product: Annotated[str, StringConstraints(max_length=1000)] = ""
    opens_after_days: Annotated[int, Field(ge=0, le=3650)] = 0
    open_days: Annotated[int, Field(ge=1, le=365)] = 21
    builds_on: Annotated[int, Field(ge=0)] | None = None
    feedback: Literal["none", "statistics", "rationales"] = "none"
    reveal: Literal["publication", "own_answer"] = "publication"
    counts_saved: bool = False
    quorum_share: Share = 0.6
    reminders: Annotated[list[int], Field(max_length=5)] = Field(default_factory=lambda: [7, 2])
    questions: list[PlannedQuestion] = Field(default_factory=list)


class Plan(Shape):
    """Rounds in their order, and for whom they are.

    Criteria that it does not hold are those of the library, by their codes.
    """

    title: Line
    summary: Passage = ""
    for_whom: Passage = ""
    takes: Passage = ""
    brings: Passage = ""
    source: Passage = ""
    first_number: Annotated[int, Field(ge=0, le=1)] = 1
    criteria: list[PlannedCriterion] = Field(default_factory=list)
    rounds: Annotated[list[PlannedRound], Field(min_length=1, max_length=50)]

    @model_validator(mode="after")
    def _builds_on_what_comes_before(self) -> "Plan":
        for place, round_ in enumerate(self.rounds):
            if round_.builds_on is not None and round_.builds_on >= place:
                raise ValueError(f"round {place + 1} builds on a round that does not come before it")
        return self


class Broken(Exception):
    """A plan that is shipped cannot be read: a fault of ours, found by the tests."""


@cache
def shipped() -> dict[str, Plan]:
    """The plans that come with the platform, by name, in their order."""
    return {path.stem.partition("-")[2]: _read(path) for path in sorted(FOLDER.glob("*.yaml"))}


def _read(path: Path) -> Plan:
    document = read(path)
    if document.faults:
        raise Broken("; ".join(map(str, document.faults)))
    return Plan.model_validate(document.content)

"""criteria, rounds, glossary and report_rules.yaml: how the seminar works."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.founding.shapes.sorts import (
    Id,
    Label,
    Language,
    Line,
    Name,
    Note,
    Passage,
    Shape,
    ShortId,
    Text,
    Week,
)


class Band(Shape):
    """A stretch of the scale with a name."""

    from_: int = Field(alias="from")
    to: int
    label: Label


class Abstention(Shape):
    """A reason to give no rating."""

    value: Literal["no_expertise", "cannot_say", "prefer_not"]
    label: Label


class Scale(Shape):
    """The scale on which every criterion is rated."""

    min: Annotated[int, Field(ge=0, le=100)]
    max: Annotated[int, Field(ge=1, le=100)]
    step: Literal[1]
    bands: list[Band]
    abstain: Annotated[list[Abstention], Field(min_length=1)]
    note: Note


class Anchor(Shape):
    """A point of the scale in words."""

    value: int
    label: Line


class Overall(Shape):
    """The criterion that sums up."""

    id: ShortId
    label: Label
    question: Note
    direction: Literal["higher_is_better", "lower_is_better"]
    anchors: Annotated[list[Anchor], Field(min_length=2)]
    note: Note = ""


class Criterion(Shape):
    """A criterion with its weight."""

    id: ShortId
    label: Label
    question: Note
    direction: Literal["higher_is_better", "lower_is_better"]
    weight: Annotated[float, Field(ge=0, le=100)]
    anchors: Annotated[list[Anchor], Field(min_length=2)]


class Criteria(Shape):
    """criteria.yaml."""

    scale: Scale
    overall: Overall
    weights_note: Note = ""
    criteria: list[Criterion]


class Event(Shape):
    """A meeting beside the rounds."""

    label: Line
    week: Week


class Reminder(Shape):
    """When whom is reminded; exactly one of the two days is given."""

    days_before_deadline: int | None = None
    days_after_deadline: int | None = None
    to: Line


class Plan(Shape):
    """What holds for all rounds."""

    unit: Line
    total_weeks: Week
    in_person_events: list[Event] = Field(default_factory=list)
    example_start: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    minimum_panel: int
    target_panel: int
    quorum_per_round: Line
    reminders: list[Reminder] = Field(default_factory=list)
    languages: Passage
    offline: Passage


class Round(Shape):
    """One cycle of questions."""

    id: Annotated[str, StringConstraints(pattern=r"^R\d{1,2}$")]
    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    kind: Literal["mapping", "proposals", "rating", "rerating", "ranking"]
    opens_week: Week
    open_days: Annotated[int, Field(ge=1, le=365)]
    aims: list[Id]
    effort: Annotated[str, StringConstraints(max_length=200)]
    material: list[str]
    tasks: list[Passage]
    required_criteria: list[str] = Field(default_factory=list)
    optional_criteria: list[str] = Field(default_factory=list)
    note: Passage | None = None
    feedback_shown: Line
    anonymity: Note
    instructions: Text
    output: Note


class Rounds(Shape):
    """rounds.yaml."""

    plan: Plan
    rounds: Annotated[list[Round], Field(min_length=1, max_length=20)]


class GlossaryLanguage(Shape):
    """A language of the glossary."""

    code: Language
    name: Label
    dir: Literal["ltr", "rtl"]


class Review(Shape):
    """How far the glossary has been checked."""

    status: Label
    note: Passage


class Term(Shape):
    """A term in the six languages."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
    kind: Name
    ar: Line
    zh: Line
    en: Line
    fr: Line
    ru: Line
    es: Line

    @property
    def words(self) -> dict[str, str]:
        """The term by language."""
        return {code: getattr(self, code) for code in ("ar", "zh", "en", "fr", "ru", "es")}


class Glossary(Shape):
    """glossary.yaml."""

    languages: list[GlossaryLanguage]
    review: Review
    terms: list[Term]


class LabelRule(Shape):
    """When an option gets which label, and the sentence that says so."""

    order: int
    id: Name
    label: Label
    when: Line
    sentence: Line


class Stability(Shape):
    """When views have stopped moving."""

    stable: Passage
    note: Passage


class Quantifier(Shape):
    """What "some" and "many" mean."""

    id: Name
    label: Label
    range: Line


class Minority(Shape):
    """When and where a minority view is printed."""

    publish_when: Passage
    approval: Passage
    place: Passage


class Disclosure(Shape):
    """The smallest group of which a figure may be shown."""

    min_group: Annotated[int, Field(ge=2, le=50)]
    note: Passage


class Avoid(Shape):
    """A word that a report does not use."""

    avoid: Line
    use: Line
    why: Line


class ReportRules(Shape):
    """report_rules.yaml."""

    basis: Passage
    symbols: dict[str, Line]
    publish_before: Label
    method_note: Passage
    labels: Annotated[list[LabelRule], Field(min_length=1)]
    stability: Stability
    quantifiers: list[Quantifier]
    minority: Minority
    disclosure: Disclosure
    words_to_avoid: list[Avoid] = Field(default_factory=list)

"""The shape of each file of a template: what it must hold, and of what sort."""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", max_length=32)]
ShortId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", max_length=12)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z][a-zA-Z0-9_]*$", max_length=32)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Note = Annotated[str, StringConstraints(max_length=1000)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=8000)]
Passage = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Language: TypeAlias = Literal["ar", "en", "es", "fr", "ru", "zh"]
Coverage: TypeAlias = Literal["none", "partial", "full"]
Year = Annotated[int, Field(ge=1800, le=2100)]
Week = Annotated[int, Field(ge=0, le=520)]


class Shape(BaseModel):
    """Nothing unknown, nothing converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Word(Shape):
    """A value of a vocabulary and how it reads."""

    value: Name
    label: Line


# mandate.yaml


class Meta(Shape):
    """What the seminar is called, and how far its content can be relied on."""

    title: Line
    short_title: Annotated[str, StringConstraints(min_length=1, max_length=160)]
    note: Passage
    facts_as_of: Label
    language: Language = "en"


class Resolution(Shape):
    """The instrument to which the paragraph belongs; itself one of the frameworks."""

    id: Id
    symbol: Line
    title: Passage
    adopted: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    meeting: Line | None = None
    vote: Line | None = None
    significance: Passage
    subjects: list[Line] = []
    main_themes: list[Line] = []
    follow_up: list[Passage] = []


class Paragraph(Shape):
    """The text that the seminar is about."""

    number: Label
    label: Label
    text: Text
    character: Passage


class Aim(Shape):
    """Something the seminar sets out to do."""

    id: Id
    label: Label
    text: Passage


class CoverageGrade(Shape):
    """How far a framework covers an element."""

    value: Coverage
    label: Line
    score: int


class Element(Shape):
    """A part of the paragraph; `words` are its words, with [...] for what is left out."""

    id: Id
    kind: Literal["actor", "action", "object", "qualifier"]
    label: Line
    words: Line
    description: Text


class Mandate(Shape):
    """mandate.yaml."""

    meta: Meta
    resolution: Resolution
    paragraph: Paragraph
    seminar_aims: Annotated[list[Aim], Field(min_length=1)]
    coverage_scale: Annotated[list[CoverageGrade], Field(min_length=3, max_length=3)]
    elements: Annotated[list[Element], Field(min_length=1, max_length=40)]


# sectors.yaml, stakeholders.yaml


class Sector(Shape):
    """A part of public life."""

    id: Id
    label: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    description: Passage


class Sectors(Shape):
    """sectors.yaml."""

    sectors: Annotated[list[Sector], Field(min_length=1, max_length=100)]


class Stakeholder(Shape):
    """Someone who matters, and why."""

    id: Id
    name: Line
    short: Line
    sector: Id
    level: Literal["international", "regional", "national", "industry", "civil_society"]
    core: bool
    role: Text


class Stakeholders(Shape):
    """stakeholders.yaml."""

    stakeholders: list[Stakeholder]


# frameworks.yaml, threats.yaml, findings.yaml


class Framework(Shape):
    """An instrument or initiative; `coverage` grades each element of the mandate."""

    id: Id
    title: Line
    year: Year
    in_force: Year | None
    legal_nature: Name
    scope: Name
    description: Text
    note: Passage | None
    coverage: dict[str, Coverage]


class Frameworks(Shape):
    """frameworks.yaml."""

    legal_natures: Annotated[list[Word], Field(min_length=1)]
    scopes: Annotated[list[Word], Field(min_length=1)]
    frameworks: list[Framework]


class Threat(Shape):
    """A threat or risk, at the level of policy."""

    id: Id
    label: Line
    scope: Name
    elements: list[Id]
    statement: Text


class Threats(Shape):
    """threats.yaml."""

    threats: list[Threat]


class Finding(Shape):
    """A gap or an opportunity, and what it concerns."""

    id: Id
    kind: Literal["gap", "opportunity"]
    label: Line
    description: Text
    frameworks: list[Id]
    elements: list[Id]
    stakeholders: list[Id]
    threats: list[Id]


class Findings(Shape):
    """findings.yaml."""

    findings: list[Finding]


# options.yaml


class Option(Shape):
    """A way forward."""

    id: Id
    title: Line
    description: Text
    lead_actors: list[Id]
    supporting_actors: list[Id]
    addresses: list[Id]
    elements: list[Id]
    time_horizon: Name
    cost_class: Name
    trade_off: Passage


class Options(Shape):
    """options.yaml."""

    time_horizons: Annotated[list[Word], Field(min_length=1)]
    cost_classes: Annotated[list[Word], Field(min_length=1)]
    options: list[Option]


# criteria.yaml


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


# rounds.yaml


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
    in_person_events: list[Event] = []
    example_start: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    minimum_panel: int
    target_panel: int
    quorum_per_round: Line
    reminders: list[Reminder] = []
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
    required_criteria: list[str] = []
    optional_criteria: list[str] = []
    note: Passage | None = None
    feedback_shown: Line
    anonymity: Note
    instructions: Text
    output: Note


class Rounds(Shape):
    """rounds.yaml."""

    plan: Plan
    rounds: Annotated[list[Round], Field(min_length=1, max_length=20)]


# glossary.yaml


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


# report_rules.yaml


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
    words_to_avoid: list[Avoid] = []


FILES: dict[str, type[Shape]] = {
    "mandate": Mandate,
    "sectors": Sectors,
    "stakeholders": Stakeholders,
    "frameworks": Frameworks,
    "threats": Threats,
    "findings": Findings,
    "options": Options,
    "criteria": Criteria,
    "rounds": Rounds,
    "glossary": Glossary,
    "report_rules": ReportRules,
}


def as_data(shape: Shape) -> dict[str, Any]:
    """Plain data in the words of the file, to be kept as JSON."""
    return shape.model_dump(mode="json", by_alias=True)

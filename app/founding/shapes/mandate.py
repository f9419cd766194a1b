"""mandate.yaml and sectors.yaml: what the seminar is about."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.founding.shapes.sorts import Coverage, Id, Label, Language, Line, Passage, Shape, Text


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
    subjects: list[Line] = Field(default_factory=list)
    main_themes: list[Line] = Field(default_factory=list)
    follow_up: list[Passage] = Field(default_factory=list)


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


class Sector(Shape):
    """A part of public life."""

    id: Id
    label: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    description: Passage


class Sectors(Shape):
    """sectors.yaml."""

    sectors: Annotated[list[Sector], Field(min_length=1, max_length=100)]

"""stakeholders, frameworks, threats, findings and options.yaml: what the seminar talks about."""

from typing import Annotated, Literal

from pydantic import Field

from app.founding.shapes.sorts import Coverage, Id, Line, Name, Passage, Shape, Text, Word, Year


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

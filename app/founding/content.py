"""Fill the registers of a new seminar with the content of a template, links included."""

from typing import Any

from sqlmodel import Session

from app.founding import shapes
from app.founding.template import Template
from app.models import GlossaryTerm, Item, Sector, Seminar
from app.models.registers import Kind, LinkKind
from app.registers import service as registers


def mandate(template: Template) -> dict[str, Any]:
    """What the seminar keeps of the instrument, the paragraph, and the words of its registers."""
    source = shapes.as_data(template.mandate)
    frameworks, options = shapes.as_data(template.frameworks), shapes.as_data(template.options)
    return {
        "note": source["meta"]["note"],
        "facts_as_of": source["meta"]["facts_as_of"],
        "resolution": source["resolution"],
        "paragraph": source["paragraph"],
        "aims": source["seminar_aims"],
        "coverage_scale": source["coverage_scale"],
        "vocabularies": {
            "scope": frameworks["scopes"],
            "legal_nature": frameworks["legal_natures"],
            "time_horizon": options["time_horizons"],
            "cost_class": options["cost_classes"],
        },
        "plan": shapes.as_data(template.rounds.plan),
        "weights_note": template.criteria.weights_note,
        "glossary": {
            "languages": [shapes.as_data(language) for language in template.glossary.languages],
            "review": shapes.as_data(template.glossary.review),
        },
    }


def fill(session: Session, *, seminar: Seminar, template: Template) -> None:
    """Sectors, glossary, items of every kind and all that ties them together are there."""
    for place, sector in enumerate(template.sectors.sectors):
        session.add(
            Sector(
                seminar_id=seminar.id,
                code=sector.id,
                label=sector.label,
                description=sector.description,
                position=place,
            )
        )
    for place, term in enumerate(template.glossary.terms):
        session.add(
            GlossaryTerm(
                seminar_id=seminar.id, key=term.key, kind=term.kind, words=term.words, position=place
            )
        )
    _Registers(session, seminar).fill(template)


class _Registers:
    """The items of the seminar by their code, and the links among them."""

    def __init__(self, session: Session, seminar: Seminar) -> None:
        self.session = session
        self.seminar = seminar
        self.items: dict[str, Item] = {}

    def fill(self, template: Template) -> None:
        """What is linked to stands before what links to it."""
        for element in template.mandate.elements:
            fields = {"part": element.kind, "words": element.words}
            self._add(Kind.ELEMENT, element.id, element.label, element.description, **fields)
        for one in template.stakeholders.stakeholders:
            fields_ = one.model_dump(include={"short", "sector", "level", "core"})
            self._add(Kind.STAKEHOLDER, one.id, one.name, one.role, **fields_)
        for framework in template.frameworks.frameworks:
            self._framework(framework)
        for threat in template.threats.threats:
            self._add(Kind.THREAT, threat.id, threat.label, threat.statement, scope=threat.scope)
            self._tie(threat.id, LinkKind.TOUCHES, threat.elements)
        for finding in template.findings.findings:
            self._finding(finding)
        for option in template.options.options:
            self._option(option)

    def _framework(self, framework: shapes.Framework) -> None:
        fields = framework.model_dump(include={"year", "in_force", "legal_nature", "scope"})
        note = framework.note or ""
        self._add(Kind.FRAMEWORK, framework.id, framework.title, framework.description, note=note, **fields)
        for place, (element, grade) in enumerate(framework.coverage.items()):
            registers.link(
                self.session,
                source=self.items[framework.id],
                kind=LinkKind.COVERS,
                target=self.items[element],
                value=grade,
                position=place,
            )

    def _finding(self, finding: shapes.Finding) -> None:
        self._add(Kind(finding.kind), finding.id, finding.label, finding.description)
        concerned = [*finding.elements, *finding.frameworks, *finding.stakeholders, *finding.threats]
        self._tie(finding.id, LinkKind.CONCERNS, concerned)

    def _option(self, option: shapes.Option) -> None:
        fields = option.model_dump(include={"time_horizon", "cost_class", "trade_off"})
        self._add(Kind.OPTION, option.id, option.title, option.description, **fields)
        gaps = [code for code in option.addresses if self.items[code].kind is Kind.GAP]
        chances = [code for code in option.addresses if self.items[code].kind is Kind.OPPORTUNITY]
        self._tie(option.id, LinkKind.ADDRESSES, gaps)
        self._tie(option.id, LinkKind.BUILDS_ON, chances)
        self._tie(option.id, LinkKind.LED_BY, option.lead_actors)
        self._tie(option.id, LinkKind.SUPPORTED_BY, option.supporting_actors)
        self._tie(option.id, LinkKind.SERVES, option.elements)

    def _add(self, kind: Kind, code: str, title: str, text: str, **fields: object) -> None:
        place = sum(item.kind is kind for item in self.items.values())
        self.items[code] = registers.add_item(
            self.session,
            seminar=self.seminar,
            kind=kind,
            code=code,
            title=title,
            text=text,
            fields=fields,
            position=place,
        )

    def _tie(self, source: str, kind: LinkKind, targets: list[str]) -> None:
        for place, target in enumerate(targets):
            registers.link(
                self.session,
                source=self.items[source],
                kind=kind,
                target=self.items[target],
                position=place,
            )

"""The network of the registers: which stakeholders ways forward name, and which elements these serve."""

from dataclasses import dataclass

from sqlmodel import Session

from app.models import Sector, Seminar
from app.models.registers import Kind, LinkKind
from app.registers import queries as registers
from app.registers.queries import ItemView


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Elements, ways forward and stakeholders with the links between them, and what is tied to nothing."""

    seminar: Seminar
    elements: list[ItemView]
    options: list[ItemView]
    stakeholders: list[ItemView]
    sectors: list[Sector]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.options or not self.named

    @property
    def named(self) -> list[ItemView]:
        """The stakeholders that a way forward names, by sector."""
        order = {sector.code: place for place, sector in enumerate(self.sectors)}
        named = [one for one in self.stakeholders if _is_named(one)]
        return sorted(named, key=lambda one: order.get(one.fields.get("sector", ""), len(order)))

    @property
    def unnamed(self) -> list[ItemView]:
        """The stakeholders that no way forward names."""
        return [one for one in self.stakeholders if not _is_named(one)]

    @property
    def unserved(self) -> list[ItemView]:
        """The elements that no way forward serves."""
        return [element for element in self.elements if not element.linking(LinkKind.SERVES, Kind.OPTION)]

    @property
    def without_stakeholder(self) -> list[ItemView]:
        """The elements for which no stakeholder is named: by no way forward that serves them."""
        by_code = {option.code: option for option in self.options}

        def has_one(element: ItemView) -> bool:
            serving = [by_code.get(link.code) for link in element.linking(LinkKind.SERVES, Kind.OPTION)]
            return any(option and _names(option) for option in serving)

        return [element for element in self.elements if not has_one(element)]

    @property
    def empty_sectors(self) -> list[Sector]:
        """The sectors to which no stakeholder belongs."""
        used = {one.fields.get("sector") for one in self.stakeholders}
        return [sector for sector in self.sectors if sector.code not in used]

    @property
    def unnamed_sectors(self) -> list[Sector]:
        """The sectors of whose stakeholders no way forward names any."""
        used = {one.fields.get("sector") for one in self.named}
        return [sector for sector in self.sectors if sector.code not in used]

    def sector(self, stakeholder: ItemView) -> str:
        """The name of the stakeholder's sector."""
        code = stakeholder.fields.get("sector", "")
        return next((sector.label for sector in self.sectors if sector.code == code), code)


def network(session: Session, *, seminar: Seminar) -> Network:
    """The network as the registers have it now."""

    def items(kind: Kind) -> list[ItemView]:
        return registers.items(session, seminar=seminar, kind=kind)

    return Network(
        seminar=seminar,
        elements=items(Kind.ELEMENT),
        options=items(Kind.OPTION),
        stakeholders=items(Kind.STAKEHOLDER),
        sectors=registers.sectors(session, seminar=seminar),
    )


def _is_named(stakeholder: ItemView) -> bool:
    return bool(stakeholder.linking(LinkKind.LED_BY) or stakeholder.linking(LinkKind.SUPPORTED_BY))


def _names(option: ItemView) -> bool:
    return bool(option.linked(LinkKind.LED_BY) or option.linked(LinkKind.SUPPORTED_BY))

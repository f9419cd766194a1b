"""A seminar with a few items of every kind, and people in it."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import Engine

from app.db import transaction
from app.models import GlossaryTerm, Item, Sector, Seminar
from app.models.registers import Kind, LinkKind
from app.policy import Role
from app.registers import service
from tests.factories import Make
from tests.registers.spreadsheets import hidden, text_of

VOCABULARIES = {
    "scope": [{"value": "SALW", "label": "Small arms"}, {"value": "IED", "label": "Improvised devices"}],
    "legal_nature": [
        {"value": "binding", "label": "Legally binding"},
        {"value": "guidance", "label": "Guidance or code"},
    ],
    "time_horizon": [{"value": "short", "label": "Soon"}, {"value": "long", "label": "In years"}],
    "cost_class": [{"value": "low", "label": "Cheap"}, {"value": "high", "label": "Dear"}],
}
MANDATE = {
    "note": "",
    "facts_as_of": "2026-11",
    "resolution": {
        "id": "F-OLD",
        "symbol": "S/RES/1",
        "title": "A resolution",
        "adopted": "2017-08-02",
        "meeting": None,
        "vote": None,
        "significance": "It matters.",
        "subjects": [],
        "main_themes": ["A theme"],
        "follow_up": [],
    },
    "paragraph": {"number": "12", "label": "OP12", "text": "Encourages all.", "character": "Not binding."},
    "aims": [{"id": "A", "label": "To learn", "text": "Learn more."}],
    "vocabularies": VOCABULARIES,
}
LANGUAGES = [
    {"code": "ar", "name": "العربية", "dir": "rtl"},
    {"code": "en", "name": "English", "dir": "ltr"},
    {"code": "fr", "name": "Français", "dir": "ltr"},
]


@dataclass
class Registers:
    """The seminar, its items by code, and a way to add more."""

    engine: Engine
    seminar: Seminar
    items: dict[str, Item] = field(default_factory=dict)

    def add(self, kind: Kind, code: str, title: str, text: str = "", **fields: object) -> Item:
        with transaction(self.engine) as session:
            self.items[code] = service.add_item(
                session,
                seminar=self.seminar,
                kind=kind,
                code=code,
                title=title,
                text=text,
                fields=fields,
                position=len(self.items),
            )
        return self.items[code]

    def tie(self, source: str, kind: LinkKind, *targets: str, value: str | None = None) -> None:
        with transaction(self.engine) as session:
            for place, target in enumerate(targets):
                service.link(
                    session,
                    source=self.items[source],
                    kind=kind,
                    target=self.items[target],
                    value=value,
                    position=place,
                )


def fill(registers: Registers) -> None:
    add, tie = registers.add, registers.tie
    add(
        Kind.ELEMENT,
        "E1",
        "Civil society",
        "Those who are not the State.",
        part="actor",
        words="civil society",
    )
    add(Kind.ELEMENT, "E2", "Trafficking", "Arms on the move.", part="object", words="trafficking in")
    add(Kind.STAKEHOLDER, "POL", "Police", "They investigate.", short="Cops", sector="LAW", level="national")
    add(Kind.STAKEHOLDER, "NGO", "Réseau d'experts", "They watch.", sector="CIV", level="civil_society")
    add(Kind.FRAMEWORK, "F-OLD", "Old treaty", "A treaty.", year=1990, legal_nature="binding", scope="SALW")
    add(
        Kind.FRAMEWORK,
        "F-NEW",
        "New code",
        "A code.",
        year=2020,
        legal_nature="guidance",
        scope="IED",
        note="Verify the symbol.",
    )
    add(Kind.THREAT, "T1", "Diversion", "Weapons leak.", scope="SALW")
    add(Kind.GAP, "G1", "No entry point", "Nobody answers.")
    add(Kind.OPPORTUNITY, "O1", "A living reference", "It can grow.")
    add(
        Kind.OPTION,
        "W1",
        "A long road",
        "Many steps.",
        time_horizon="long",
        cost_class="low",
        trade_off="Slow.",
    )
    add(
        Kind.OPTION,
        "W2",
        "A quick step",
        "One step.",
        time_horizon="short",
        cost_class="high",
        trade_off="Dear.",
    )
    tie("F-OLD", LinkKind.COVERS, "E1", value="none")
    tie("F-OLD", LinkKind.COVERS, "E2", value="full")
    tie("F-NEW", LinkKind.COVERS, "E1", value="partial")
    tie("F-NEW", LinkKind.COVERS, "E2", value="partial")
    tie("T1", LinkKind.TOUCHES, "E2")
    tie("G1", LinkKind.CONCERNS, "E1", "F-OLD", "POL", "T1")
    tie("O1", LinkKind.CONCERNS, "E2", "NGO")
    tie("W1", LinkKind.ADDRESSES, "G1")
    tie("W1", LinkKind.BUILDS_ON, "O1")
    tie("W1", LinkKind.LED_BY, "POL")
    tie("W1", LinkKind.SUPPORTED_BY, "NGO")
    tie("W1", LinkKind.SERVES, "E2", "E1")
    tie("W2", LinkKind.SERVES, "E2")


@pytest.fixture
def registers(make: Make, engine: Engine) -> Registers:
    """Two elements, and one or two items of every kind, all tied together."""
    glossary = {"languages": LANGUAGES, "review": {"status": "checked", "note": ""}}
    mandate = MANDATE | {"glossary": glossary}
    found = Registers(engine, make.seminar(slug="open", mandate=mandate))
    with transaction(engine) as session:
        for place, (code, label) in enumerate([("LAW", "Law enforcement"), ("CIV", "Civil society groups")]):
            session.add(Sector(seminar_id=found.seminar.id, code=code, label=label, position=place))
        session.add(
            GlossaryTerm(
                seminar_id=found.seminar.id,
                key="round",
                kind="ui",
                words={"ar": "جولة", "en": "Round", "fr": "Tour"},
            )
        )
    fill(found)
    return found


@pytest.fixture
def staff(registers, make, as_person):
    return as_person(make.member(registers.seminar, Role.FACILITATOR))


@pytest.fixture
def url():
    return lambda kind: f"/seminars/open/registers/{kind}"


@pytest.fixture
def exported(staff, url):
    def table(kind, form="csv"):
        answer = staff.get(f"{url(kind)}/export.{form}")
        assert answer.status_code == 200
        return answer.content

    return table


@pytest.fixture
def previewed(staff, url):
    def shown(kind, content, *, meaning="major", status=200):
        answer = staff.post(
            f"{url(kind)}/import", files={"file": ("x.csv", content)}, data={"meaning": meaning}
        )
        assert answer.status_code == status, text_of(answer.text)
        return answer.text

    return shown


@pytest.fixture
def applied(staff, url):
    def done(kind, page, *, reason="From the spreadsheet.", status=303, **other):
        fields = {name: hidden(page, name) for name in ("rows", "seen", "meaning")} | {"reason": reason}
        answer = staff.post(
            f"/seminars/open/moderation/import/{kind}", data=fields | other, files={"none": ("", b"")}
        )
        assert answer.status_code == status, text_of(answer.text)
        return answer

    return done

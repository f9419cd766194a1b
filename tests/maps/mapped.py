"""A seminar whose panel has mapped threats, stakeholders and frameworks, through the real services."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import select

from app.db import transaction
from app.models import Item, Round, Seminar
from app.registers import service as registers
from app.registers.kinds import FIELDS
from tests.factories import ITEMS, Make
from tests.results import mapping, voting

EXPERTS = 12
HOSTILE = '=HYPERLINK("http://evil")<b>&\''
PAGES = ("threats", "stakeholders", "coverage", "network", "traces", "traces/E01", "traces/W01")
FIGURES = ("threats", "threats-spread", "stakeholders", "stakeholders-spread", "coverage", "network")
OF_ANSWERS = FIGURES[:-2]  # without a result, coverage is the hypothesis and the network the registers'
LINKS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "T01": {"touches": ["E01"]},
    "G01": {"concerns": ["E01", "FW-01", "T01"]},
    "G02": {"concerns": ["E02"]},
    "O01": {"concerns": ["E01"]},
    "FW-01": {"covers": ["E01=full", "E02=partial", "E03=none"]},
    "FW-02": {"covers": ["E01=partial", "E02=none", "E03=none"]},
    "W01": {"addresses": ["G01"], "serves": ["E01"], "led_by": ["STK-01"], "builds_on": ["O01"]},
    "W02": {"serves": ["E01", "E02"]},
}


def said(number: int, *, argument: str = "") -> dict[str, Any]:
    """T01 high and agreed, T02 divided; STK-01 high; FW-01 covers E01, divides on E02, nothing covers E03."""
    apart = 5 if number % 2 else 1
    return {
        "Q1": {"T01": {"LIK": 5, "IMP": 4 + number % 2}, "T02": {"LIK": apart, "IMP": 3}},
        "Q2": {"STK-01": {"INF": 5, "INT": 4}, "STK-02": {"INF": 2}},
        "Q3": {
            "FW-01": {
                "E01": 2,
                "E01.sure": 3,
                "E02": 2 if number % 2 else 0,
                "E03": 0,
                "why": argument or "Read it.",
            },
            "FW-02": {"E01": 1, "E02": 0, "E03": "cannot_say" if number < 4 else 0},
        },
        "Q4": {"G01": {"for": argument or f"Argument {number:02} for", "against": f"Doubt {number:02}"}},
    }


def seminar(make: Make, **fields: Any) -> tuple[Seminar, Round]:
    """A seminar with an open mapping round on two items of each kind, linked with each other."""
    found, round_ = mapping.held(make, sectors=("SEC-ONE", "SEC-TWO", "SEC-NIL"), **fields)
    with transaction(make.engine) as session:
        items = session.exec(select(Item).where(Item.seminar_id == found.id)).all()
        by_code = {item.code: item for item in items}
        for code, links in LINKS.items():
            registers.relink(session, item=by_code[code], links=links)
    return found, round_


def answered(make: Make, round_: Round, *, experts: int = EXPERTS, argument: str = "") -> None:
    """So many experts of two sectors have submitted."""
    for number in range(experts):
        sector = "SEC-ONE" if number < 6 else "SEC-TWO"
        mapping.vote(make, round_, said(number, argument=argument), sector=sector)


def closed(make: Make, *, publish: bool = True, argument: str = "", **fields: Any) -> tuple[Seminar, Round]:
    """The round is closed and, unless told otherwise, published."""
    found, round_ = seminar(make, **fields)
    answered(make, round_, argument=argument)
    voting.close(make.engine, round_, publish=publish, settings=make.settings)
    return found, round_


def path(found: Seminar, rest: str) -> str:
    """An address of its maps."""
    return f"/seminars/{found.slug}/maps/{rest}"


def item(make: Make, found: Seminar, code: str) -> Item:
    """The item of that code."""
    with transaction(make.engine, write=False) as session:
        return session.exec(select(Item).where(Item.seminar_id == found.id, Item.code == code)).one()


def reword(make: Make, found: Seminar, code: str, *, minor: bool, title: str = "Something else") -> None:
    """The item gets another wording, which means the same or does not."""
    with transaction(make.engine) as session:
        one = session.merge(item(make, found, code))
        registers.reword(
            session,
            item=one,
            title=title,
            text="Now this.",
            fields=FIELDS[one.kind].model_validate(ITEMS[one.kind][1]).model_dump(),
            minor=minor,
            reason="Clearer.",
            by=None,
        )

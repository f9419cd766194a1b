"""Who sits on the demonstration's panel: nobody real, in the proportions of such seminars."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.policy import Role

# A third from governments, a fifth each from the United Nations and from civil society and research, a
# sixth from regional organizations, the rest from industry: sector, and how many of it in which region.
EXPERTS: tuple[tuple[str, dict[str, int]], ...] = (
    ("SEC-UNS", {"International": 8}),
    ("SEC-REG", {"Africa": 2, "Americas": 2, "Arab States": 1, "Asia and the Pacific": 1, "Europe": 1}),
    ("SEC-LAW", {"Africa": 2, "Americas": 2, "Asia and the Pacific": 1, "Europe": 1}),
    ("SEC-CUS", {"Africa": 1, "Arab States": 1}),
    ("SEC-SEC", {"Americas": 1, "Asia and the Pacific": 1}),
    ("SEC-EXP", {"Africa": 1, "Asia and the Pacific": 1, "Europe": 1}),
    ("SEC-CSO", {"Africa": 3, "Americas": 2, "Arab States": 1, "Asia and the Pacific": 1, "Europe": 1}),
    ("SEC-CHE", {"Africa": 1, "Europe": 1}),
    ("SEC-ARM", {"Americas": 1}),
    ("SEC-LOG", {"Asia and the Pacific": 1}),
    ("SEC-FIN", {"Arab States": 1}),
)

STAFF = {
    Role.ORGANISER: "organizer",
    Role.FACILITATOR: "facilitator",
    Role.OBSERVER: "observer",
    Role.CLERK: "form-clerk",
}


@dataclass(frozen=True, slots=True)
class Seat:
    """One invented person."""

    email: str
    name: str
    role: Role
    sector: str | None = None
    region: str | None = None


def experts() -> Iterator[Seat]:
    """The experts who take part; the first is the one whom a visitor can be."""
    places = [
        (sector, region)
        for sector, regions in EXPERTS
        for region, how_many in regions.items()
        for _ in range(how_many)
    ]
    for number, (sector, region) in enumerate(places, start=1):
        yield _expert(number, sector, region)


def absent() -> Iterator[Seat]:
    """Those who were invited and have not come."""
    for number, sector in enumerate(("SEC-ONL", "SEC-TEC", "SEC-EXP"), start=len(list(experts())) + 1):
        yield _expert(number, sector, "Europe")


def staff(role: Role) -> Seat:
    """The one person in this role."""
    word = STAFF[role]
    return Seat(f"synthetic-{word}@example.org", f"Synthetic {word.replace('-', ' ')}", role)


def visitor(role: Role) -> Seat:
    """Whom a visitor becomes in this role."""
    return next(experts()) if role is Role.EXPERT else staff(role)


def _expert(number: int, sector: str, region: str) -> Seat:
    name, email = f"Synthetic expert {number:02}", f"synthetic-expert-{number:02}@example.org"
    return Seat(email, name, Role.EXPERT, sector, region)

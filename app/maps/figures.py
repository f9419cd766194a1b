"""The figures of the maps by their names, each from what its reader may see."""

from collections.abc import Callable, Collection

from sqlmodel import Session

from app.errors import NotFound
from app.maps import coverage, network, plane_pictures, planes, register_pictures
from app.models import Seminar
from app.models.registers import Kind
from app.policy import Role
from app.results import disclosure
from app.results.pictures import Picture
from app.rounds import queries as rounds

Load = Callable[[Session, Seminar, Collection[Role]], list[Picture]]


def find(session: Session, *, seminar: Seminar, roles: Collection[Role], name: str) -> Picture:
    """The figure of that name, or `NotFound` where there is none that these roles may see."""
    if name not in FIGURES:
        raise NotFound
    for picture in FIGURES[name](session, seminar, roles):
        if picture.name == name:
            return picture
    raise NotFound


def require_released(session: Session, *, seminar: Seminar, picture: Picture) -> None:
    """Refuse the numbers of a figure whose answers are not published; the registers are open to all."""
    number = picture.round_number
    round_ = rounds.find_round(session, seminar=seminar, number=number) if number is not None else None
    if round_ is not None:
        disclosure.require_published(round_)


def _threats(session: Session, seminar: Seminar, roles: Collection[Role]) -> list[Picture]:
    return plane_pictures.of(planes.plane(session, seminar=seminar, roles=roles, kind=Kind.THREAT))


def _stakeholders(session: Session, seminar: Seminar, roles: Collection[Role]) -> list[Picture]:
    return plane_pictures.of(planes.plane(session, seminar=seminar, roles=roles, kind=Kind.STAKEHOLDER))


def _coverage(session: Session, seminar: Seminar, roles: Collection[Role]) -> list[Picture]:
    return register_pictures.of_coverage(coverage.coverage(session, seminar=seminar, roles=roles))


def _network(session: Session, seminar: Seminar, roles: Collection[Role]) -> list[Picture]:
    del roles  # the registers are open to every member
    return register_pictures.of_network(network.network(session, seminar=seminar))


FIGURES: dict[str, Load] = {
    "threats": _threats,
    "threats-spread": _threats,
    "stakeholders": _stakeholders,
    "stakeholders-spread": _stakeholders,
    "coverage": _coverage,
    "network": _network,
}

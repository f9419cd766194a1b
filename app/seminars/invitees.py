"""Read whom to invite: from the fields of a form or the cells of a list, by the same rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import AppError
from app.identity.addresses import LONGEST_ADDRESS, LONGEST_NAME, NotAnAddress, tidy_address, tidy_name
from app.policy import Role

FIELDS = ("email", "name", "role", "sector", "region")
LONGEST_REGION = 64
ROLES = {role.value: role for role in Role} | {"organizer": Role.ORGANISER, "": Role.EXPERT}


class AddressMissing(AppError):
    """Nobody can be invited without an address."""

    message = "Please enter the e-mail address."


class NotARole(AppError):
    """A role that does not exist."""

    message = "Please use one of these roles: expert, facilitator, organizer, observer, clerk."


class NotASector(AppError):
    """A sector that the seminar does not have."""

    message = "This seminar has no such sector. Its sectors are: %(sectors)s."


class NoSectors(AppError):
    """A sector, where the seminar has none."""

    message = "This seminar has no sectors. Please leave this empty."


class TooLongText(AppError):
    """More characters than are kept."""

    message = "Please use at most %(limit)s characters."


@dataclass(frozen=True, slots=True)
class Invitee:
    """Who is to be invited as what."""

    email: str
    name: str
    role: Role
    sector: str | None
    region: str | None

    def as_dict(self) -> dict[str, Any]:
        """The facts by the names under which `service.invite` takes them."""
        return {name: getattr(self, name) for name in FIELDS}


def read(values: Mapping[str, str], sectors: Mapping[str, str]) -> tuple[Invitee | None, dict[str, AppError]]:
    """The invitee, or what is wrong field by field. Sectors, code to label, may be named by either."""
    text = {name: values.get(name, "").strip() for name in FIELDS}
    errors: dict[str, AppError] = {}
    role = ROLES.get(text["role"].lower())
    if role is None:
        errors["role"] = NotARole()
    if fault := _address_fault(text["email"]):
        errors["email"] = fault
    sector = _sector(text["sector"], sectors)
    if text["sector"] and sector is None:
        errors["sector"] = NotASector(sectors=", ".join(sectors)) if sectors else NoSectors()
    for name, limit in (("name", LONGEST_NAME), ("region", LONGEST_REGION)):
        if len(text[name]) > limit:
            errors[name] = TooLongText(limit=limit)
    if errors or role is None:
        return None, errors
    region = tidy_name(text["region"]) or None
    return Invitee(tidy_address(text["email"]), tidy_name(text["name"]), role, sector, region), {}


def _address_fault(typed: str) -> AppError | None:
    if not typed:
        return AddressMissing()
    if len(typed) > LONGEST_ADDRESS:
        return TooLongText(limit=LONGEST_ADDRESS)
    try:
        tidy_address(typed)
    except NotAnAddress as fault:
        return fault
    return None


def _sector(typed: str, sectors: Mapping[str, str]) -> str | None:
    wanted = typed.casefold()
    return next(
        (code for code, label in sectors.items() if wanted in {code.casefold(), label.casefold()}), None
    )

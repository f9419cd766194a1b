"""What people enter about themselves."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from app import i18n
from app.errors import AppError
from app.identity.addresses import LONGEST_NAME, tidy_address


class NotALanguage(AppError, ValueError):
    """A language that the pages do not speak."""

    message = "Please choose one of the languages in the list."


class NotAZone(AppError, ValueError):
    """A time zone that does not exist."""

    message = "Please choose a time zone from the list."


class WrongCode(AppError):
    """The digits are not those in the mail."""

    message = "This is not the code in the mail. Please check the six digits."


def _language(code: str) -> str:
    if code not in i18n.LANGUAGES:
        raise NotALanguage
    return code


def known_zone(name: str) -> str:
    """The name of a time zone, or `NotAZone`."""
    if not i18n.is_zone(name):
        raise NotAZone
    return name


class AskForm(BaseModel):
    """The address to which a link is to be mailed."""

    email: Annotated[str, AfterValidator(tidy_address)]


class LanguageForm(BaseModel):
    """A language that was chosen."""

    language: Annotated[str, AfterValidator(_language)]


class ProfileForm(BaseModel):
    """How a person is called, spoken to and told the time; what is empty follows browser and seminar."""

    name: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    locale: Annotated[str, AfterValidator(_language)] | None = None
    timezone: Annotated[str, AfterValidator(known_zone)] | None = None

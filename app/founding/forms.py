"""What is typed to found a seminar."""

from datetime import date

from pydantic import BaseModel

from app.models.seminars import Anonymity


class FoundingForm(BaseModel):
    """The form as it is sent; what the fields may hold is decided by `founding.rules`."""

    template: str = ""
    title: str = ""
    slug: str = ""
    language: str = "en"
    timezone: str = "UTC"
    anonymity: Anonymity = Anonymity.PSEUDONYMOUS
    first_day: date | None = None

"""What is typed to found a seminar."""

from datetime import date

from pydantic import BaseModel, field_validator

from app.founding import offers
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

    @field_validator("anonymity")
    @classmethod
    def _is_offered(cls, value: Anonymity) -> Anonymity:
        if value not in {policy for policy, _, _ in offers.ANONYMITY}:
            raise ValueError("this policy is not offered")
        return value

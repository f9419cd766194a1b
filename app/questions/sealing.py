"""A sealed ballot: what it says in answer to each question of its round."""

from collections.abc import Mapping
from typing import Any

# the one question of a round whose ballots were sealed without saying which it was
FIRST = "Q1"


def seal(parts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The content of a seal from what each type has sealed, by the question's code.

    Examples
    --------
    >>> seal({"Q2": {"answers": {}}, "Q1": {"answers": {"W01": {"OV": 7}}}})
    {'questions': {'Q1': {'answers': {'W01': {'OV': 7}}}, 'Q2': {'answers': {}}}}
    """
    return {"questions": {code: dict(parts[code]) for code in sorted(parts)}}


def parts(content: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """What was sealed, by the question's code.

    Examples
    --------
    >>> parts({"answers": {"W01": {"OV": 7}}, "rationales": {}})["Q1"]["answers"]
    {'W01': {'OV': 7}}
    """
    found: Mapping[str, Mapping[str, Any]] = content.get("questions", {FIRST: content})
    return found

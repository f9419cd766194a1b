"""The finding of each map in one sentence."""

from app.i18n import gettext
from app.maps.coverage import CoverMap
from app.maps.network import Network
from app.maps.planes import PlaneMap
from app.models.registers import Kind


def finding(page: PlaneMap) -> str:
    """What the plane shows, in one sentence."""
    high, divided, everything = sum(one.is_high for one in page.placed), len(page.divided), len(page.placed)
    if not everything:
        return gettext("Nothing has been rated on both scales")
    text = (_threats if page.kind is Kind.THREAT else _stakeholders)(high=bool(high), divided=bool(divided))
    return text % {"high": high, "divided": divided, "all": everything}


def _threats(*, high: bool, divided: bool) -> str:
    if high and divided:
        return gettext(
            "The panel rates %(high)s of %(all)s threats high on both scales; views divide on %(divided)s"
        )
    if high:
        return gettext("The panel rates %(high)s of %(all)s threats high on both scales")
    if divided:
        return gettext(
            "The panel rates no threat high on both scales; views divide on %(divided)s of %(all)s"
        )
    return gettext("The panel rates none of %(all)s threats high on both scales")


def _stakeholders(*, high: bool, divided: bool) -> str:
    if high and divided:
        return gettext(
            "The panel rates %(high)s of %(all)s stakeholders high on both scales; "
            "views divide on %(divided)s"
        )
    if high:
        return gettext("The panel rates %(high)s of %(all)s stakeholders high on both scales")
    if divided:
        return gettext(
            "The panel rates no stakeholder high on both scales; views divide on %(divided)s of %(all)s"
        )
    return gettext("The panel rates none of %(all)s stakeholders high on both scales")


def disagreement(page: PlaneMap) -> str:
    """On how much views divide, in one sentence."""
    divided, everything = len(page.divided), len(page.placed)
    said = {"divided": divided, "all": everything}
    if page.kind is Kind.THREAT:
        text = (
            gettext("Views divide on %(divided)s of %(all)s threats")
            if divided
            else gettext("Views divide on no threat")
        )
    else:
        text = (
            gettext("Views divide on %(divided)s of %(all)s stakeholders")
            if divided
            else gettext("Views divide on no stakeholder")
        )
    return text % said


def coverage(page: CoverMap) -> str:
    """What the heat map shows, in one sentence; of what nobody graded it says nothing."""
    said = {
        "gaps": len(page.gaps),
        "all": len(page.graded),
        "divided": page.divided_cells,
        "cells": len(page.graded_cells),
        "element": page.least_covered.entry.title if page.least_covered else "",
    }
    return _coverage(page) % said


def _coverage(page: CoverMap) -> str:
    if not page.graded:
        return gettext("Coverage and gaps")
    if page.released is None:
        if page.gaps:
            return gettext("Starting hypothesis: no framework covers %(gaps)s of %(all)s elements in full")
        return gettext(
            "Starting hypothesis: some framework covers each of %(all)s elements in full; "
            "the least covered is “%(element)s”"
        )
    if page.gaps and page.divided_cells:
        return gettext(
            "The panel finds %(gaps)s of %(all)s elements covered in full by no framework; "
            "views divide on %(divided)s of %(cells)s grades"
        )
    if page.gaps:
        return gettext("The panel finds %(gaps)s of %(all)s elements covered in full by no framework")
    return gettext(
        "The panel finds each of %(all)s elements covered in full by some framework; "
        "the least covered is “%(element)s”"
    )


def network(page: Network) -> str:
    """What the network shows, in one sentence."""
    said = {
        "named": len(page.named),
        "all": len(page.stakeholders),
        "options": len(page.options),
    }
    text = gettext("%(named)s of %(all)s stakeholders are named to lead or support %(options)s ways forward")
    return text % said

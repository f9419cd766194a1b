"""What a seminar without a template begins with: a scale, reasons to abstain, and wording rules."""

from pathlib import Path

from app.founding import shapes
from app.founding.documents import read

FOLDER = Path(__file__).parent / "blank"


def criteria() -> shapes.Criteria:
    """The scale with its abstentions, and the overall criterion alone."""
    return shapes.Criteria.model_validate(read(FOLDER / "criteria.yaml").content)


def report_rules() -> shapes.ReportRules:
    """The rules by which ratings become words."""
    return shapes.ReportRules.model_validate(read(FOLDER / "report_rules.yaml").content)

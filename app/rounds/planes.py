"""The planes on which a mapping puts threats and stakeholders, by the codes of their two criteria."""

# what is drawn across, then what is drawn upwards
THREATS = ("LIK", "IMP")
STAKEHOLDERS = ("INF", "INT")
CODES = frozenset({*THREATS, *STAKEHOLDERS})

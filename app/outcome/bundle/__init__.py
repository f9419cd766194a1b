"""The data set that leaves the building: a signed archive, whose figures anybody can count again offline.

Importing it is adding it to the forms of `outcome.exporting`.
"""

from app.outcome.bundle import making as making

"""The outcome as a document: drafted from the data, edited, bound to its figures, reviewed, exported.

Importing it is adding the report to the forms in which what is published leaves.
"""

from app.report import exporting as exporting

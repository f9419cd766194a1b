"""The outcome as a document: drafted from the data, edited, bound to its figures, reviewed, exported."""

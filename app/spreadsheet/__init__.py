"""Tables as files: read from CSV, evaluated without a server, written as text, JSON, CSV and XLSX."""

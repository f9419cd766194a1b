"""What every route needs; knows no feature."""

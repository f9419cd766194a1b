"""How each type of question stands on a form: one module a type."""

"""HTTP: parse, call the use case, choose the answer, return."""

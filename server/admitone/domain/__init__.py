"""The rules: pure functions of their arguments; `now` is one of them."""

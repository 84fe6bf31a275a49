"""The rules as pure functions: no I/O, and the present time is an argument, `now`."""

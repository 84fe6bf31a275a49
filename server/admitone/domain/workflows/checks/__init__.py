"""The parts of `check.py`: trigger, steps, templates."""

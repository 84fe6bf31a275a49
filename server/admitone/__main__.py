"""`python -m admitone` is the command line."""

from admitone.cli import main

main(prog_name="admitone")

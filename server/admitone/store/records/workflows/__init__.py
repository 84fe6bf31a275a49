"""Reads and writes the runs of workflows and their inbound hooks."""

"""Counters of reports: how they are read, and how scripts are told to count."""

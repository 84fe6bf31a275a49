"""Helpers for tests of workflows."""

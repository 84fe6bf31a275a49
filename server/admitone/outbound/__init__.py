"""Addresses that people gave us are called here, and nowhere else."""

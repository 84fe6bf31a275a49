"""Inbound hooks: what other programs send to start workflows."""

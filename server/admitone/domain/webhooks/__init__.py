"""Webhooks, and the network addresses that they may lead to."""

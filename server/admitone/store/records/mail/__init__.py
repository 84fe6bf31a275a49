"""Reads and writes mails, mails that wait for a budget, and codes that customers got by mail."""

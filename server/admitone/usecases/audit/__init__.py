"""The audit log: who changed which setting."""

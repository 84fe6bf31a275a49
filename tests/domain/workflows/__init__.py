"""The rules of workflows, without a store."""

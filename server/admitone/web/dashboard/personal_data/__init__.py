"""The personal data of customers, in the dashboard."""

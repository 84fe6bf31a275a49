"""Migrations: stored data of an earlier schema get the present one when a server starts.

`all_migrations.py` lists them, one file for each schema number. A migration says how records change.
`migrate.py` runs it: it waits for older processes, reads every record, and only then rewrites them.
"""

"""The mails of a workspace, and the values that their templates can use."""

"""The mails of a workspace and what they may say."""

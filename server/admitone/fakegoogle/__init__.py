"""A strict local stand-in for Google, for the demo and the tests.

One process answers for every Google host: the paths of accounts.google.com, oauth2.googleapis.com,
www.googleapis.com, openidconnect.googleapis.com and gmail.googleapis.com do not collide. It imports nothing
of the server, and of the server only the commands import it.
"""

"""Uploaded pictures: checked, decoded and written anew by Pillow, and only here."""

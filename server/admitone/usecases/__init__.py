"""One action a file, noun then verb: the folder is the table of contents."""

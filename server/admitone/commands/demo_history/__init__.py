"""`admitone demo --bookings N`: a year of a busy workspace, written by the scripts that write all else."""

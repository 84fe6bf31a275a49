"""The activity: what happened in a workspace, in sentences, as a list and live."""

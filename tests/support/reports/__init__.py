"""What tests of reports share."""

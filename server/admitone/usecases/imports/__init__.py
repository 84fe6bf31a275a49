"""Files of people that users upload: read, checked and written part by part."""

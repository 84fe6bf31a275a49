"""Our own words in the languages of readers: messages in English, and catalogues for other languages."""

"""The API, described for people: `/api/docs`, and a page for each problem code."""

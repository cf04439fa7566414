"""Open data: what the directory gives away to other programs and to spreadsheets, in the words of /api/v1/."""

"""One search box over pages, questions, guides and help."""

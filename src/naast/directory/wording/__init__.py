"""Wording: people's words that editors add to the shipped thesaurus, and the screens that show how a question is understood.

What is shipped stands in data/thesaurus.yaml; what editors add stands in the database and works within a second everywhere.
"""

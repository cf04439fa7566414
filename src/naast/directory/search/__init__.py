"""Search: understand what people type, find the offers it names and hold in memory what ranking needs.

`words` folds, cuts and stems; `thesaurus` holds people's words as data; `vocabulary` knows the words of offers, splits and
spells with them; `analyser` puts these together (all four pure); `index` writes and reads both databases; `snapshot` holds the
offers in memory.
"""

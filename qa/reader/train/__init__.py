"""Trains the reader: question files in SQuAD format and news to its weights. Needs torch."""

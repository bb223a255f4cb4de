"""A small trained reader: which stretch of a text answers a question. Numpy alone, no torch."""

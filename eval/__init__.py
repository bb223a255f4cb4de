"""The inspector: how well the searching and the answering go, measured on questions with gold."""

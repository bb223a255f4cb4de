"""What a term is worth by where it stands, seen from a candidate.

Set by hand on the questions about the sample articles; only the order matters much.
"""

NEAR = 1.0  # in the phrase at the number or name itself
CLAUSE = 0.92
BESIDE = 0.88  # the clause before
PART = 0.84  # between the same two semicolons
SENTENCE = 0.8
ANAPHORIC = 0.8  # the sentence before, where this one goes on about it ("该项目")
PARAGRAPH = 0.62  # the sentence before, otherwise
HEADING = 0.6
TITLE = 0.6
NEXT = 0.55  # the sentence after
LEAD = 0.45  # the article's opening
ELSEWHERE = 0.3

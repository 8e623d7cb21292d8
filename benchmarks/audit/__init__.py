"""The promise of a confidential round, put to the proof by exact enumeration: ``make audit``.

Every audit asks the same of what is shown: of all that people could have said so that just this would be
shown, the rules known, is there one level (or don't know) that somebody said in each? Whoever asks may have
been in the room and know what they said themselves.
"""

"""An invented council to learn from: its partnerships, people, rounds and what they said.

shapes     how ratings of one action fall, and who gives which
described  what a partnership of it is made of
northmoor  the council and its partnerships, as data
people     who works there
decided    what they will do about it: next steps
"""

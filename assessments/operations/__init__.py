"""Every write of this app: one function each, keyword-only, in one transaction with its audit event.

rounds       a round through its states, and its settings
freezing     the counts taken once, when results are first opened
invitations  who is asked: links, away, reminders
answers      what people say: start, save, send
nextsteps    what the partnership will do: add, change, done, drop, take up again
mail         sending what is due, and what became of it
workshops    the lead in a live workshop: start, move, agree, finish
room         people in a workshop: join, rate, vote, leave
room_at_once the plain case of rating there, quickly
seats        what coming and going change beside the seat
locking      holding rows until the transaction ends
rehearsals   a workshop tried with invented people, of which nothing counts
discarding   what was called off or rehearsed, thrown away
erasure      a person's name, address and ratings taken away
retention    old rounds, of which only the counts are kept
"""

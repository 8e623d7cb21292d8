"""Every write of this app: one function each, keyword-only, in one transaction with its audit event.

rounds       a round through its states, and its settings
freezing     the counts taken once, when results are first opened
invitations  who is asked: links, away, reminders
answers      what people say: start, save, send
"""

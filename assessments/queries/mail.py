"""How many e-mails of a round have gone out, wait or have failed: to people asked, and letters."""


def waiting(round):
    return round.invitations.mail_waiting().count() + round.letters.waiting().count()


def failed(round):
    return round.invitations.mail_failed().count() + round.letters.failed().count()


def progress(round):
    """(waiting, failed, sent)."""
    invited = round.invitations.exclude(mailed_at=None).filter(mail_due="").count()
    sent = invited + round.letters.filter(is_due=False).exclude(mailed_at=None).count()
    return waiting(round), failed(round), sent

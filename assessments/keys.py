"""Tokens of private links and return codes: how they are made, hashed and compared.

A token has 160 random bits, so a plain hash of it is enough. A return code is short enough to copy by
hand (8 of 32 signs, 40 bits), so its hash is keyed with the site's secret and wrong tries are
counted (``operations.answers``).
"""

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no O and 0, no I and 1
CODE_LENGTH = 8
ROOM_CODE_LENGTH = 6


def new_token():
    return secrets.token_urlsafe(20)


def hash_token(token):
    return hashlib.sha256(token.encode()).hexdigest()


def new_code():
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def new_room_code():
    """The code that opens the door of a workshop (30 bits): wrong tries are counted, and it ends with it."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(ROOM_CODE_LENGTH))


def spaced_room_code(code):
    """The code as it is shown: ``KTM 482``."""
    return f"{code[:3]} {code[3:]}"


def tidy_code(typed):
    """The code as it is kept, from what somebody typed: any case, with spaces or hyphens."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[: CODE_LENGTH * 2]


def spaced_code(code):
    """The code as it is shown: ``KTM4 82QX``."""
    return f"{code[:4]} {code[4:]}"


def sealed(code, invitation_pk):
    """The code as a browser keeps it: signed, so that nobody can try codes by making up cookies.

    Only typing a code is a guess, and wrong guesses are counted.
    """
    return _seal(invitation_pk).sign(code)


def unsealed(cookie, invitation_pk):
    """The code in what a browser brings, or nothing where we did not put it there."""
    try:
        return _seal(invitation_pk).unsign(cookie)
    except signing.BadSignature:
        return ""


def _seal(invitation_pk):
    return signing.Signer(salt=f"assessments.answers-{invitation_pk}")


def hash_code(code, *, round_id, participant_id, secret=None):
    value = f"{round_id}:{participant_id}:{code}"
    return salted_hmac("assessments.return-code", value, secret=secret, algorithm="sha256").hexdigest()


def hash_address(email, secret=None):
    """What a link keeps of the address it was mailed to."""
    return salted_hmac("assessments.mailed-to", email.lower(), secret=secret, algorithm="sha256").hexdigest()


def hashes_of_address(email):
    """All that may have been kept of an address, also before the site's secret was changed."""
    return {hash_address(email, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}


def code_opens(response, code):
    """Whether ``code`` is the return code of the response."""
    return code_fits(
        response.code_hash, code, round_id=response.round_id, participant_id=response.participant_id
    )


def code_fits(code_hash, code, *, round_id, participant_id):
    """Whether ``code_hash`` was made from ``code``, also before the site's secret was changed."""
    if not code or not code_hash:
        return False
    whose = {"round_id": round_id, "participant_id": participant_id}
    return any(
        constant_time_compare(code_hash, hash_code(code, **whose, secret=secret))
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )

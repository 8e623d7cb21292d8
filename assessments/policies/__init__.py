"""What the state of a round, a next step or a workshop allows.

Each function raises NotNow with the sentence the person reads.
"""

from . import base, comparison, nextsteps, rounds, workshops

__all__ = ["base", "comparison", "nextsteps", "rounds", "workshops"]

"""The partnerships of Northmoor that came later: each has one round that is shared.

Who stands where is counted on from the first. With these there are eight others beside one, among which it
may be said where its actions lie.
"""

from .described import COUNCIL, Organisation, Partnership, Past

HOMES = Partnership(
    slug="northmoor-homes",
    name="Northmoor Homes and Neighbourhoods",
    system="other",
    led_by_robin=False,
    organisations=(
        Organisation(COUNCIL, "council", "northmoor.example", "essmf"),
        Organisation("Moor Homes", "other", "moorhomes.example", "smffc"),
        Organisation("Northmoor Health Trust", "nhs", "moorhealth.example", "mf"),
        Organisation("Tenants of the Moor", "voluntary", "moortenants.example", "mccc"),
    ),
    past=(
        Past(
            247,
            "MMWMLMWLWLX",
            14,
            comments=(
                (10, "low", "Tenants were asked after the contract was signed."),
                (5, "low", "Nobody with a vote has been in the room since the spring before last."),
                (2, "high", "We ring each other now before we write to each other."),
            ),
        ),
    ),
    present=None,  # and late with its next round, so that an officer finds one
)

YOUNG_MINDS = Partnership(
    slug="northmoor-young-minds",
    name="Northmoor Young Minds",
    system="children_and_families",
    led_by_robin=False,
    organisations=(
        Organisation(COUNCIL, "council", "northmoor.example", "esmf"),
        Organisation("Northmoor Health Trust", "nhs", "moorhealth.example", "ssmf"),
        Organisation("Moor College", "education", "moorcollege.example", "mf"),
        Organisation("Listening Post", "voluntary", "listeningpost.example", "mfccc"),
    ),
    past=(
        Past(
            96,
            "GMGGMSGWGSM",
            13,
            comments=(
                (10, "high", "Young people wrote the questions for the new service."),
                (8, "low", "We wait for the yearly return to learn what we could have asked in May."),
            ),
        ),
    ),
    present=None,
)

FOOD = Partnership(
    slug="northmoor-food-alliance",
    name="Northmoor Food Alliance",
    system="other",
    led_by_robin=False,
    organisations=(
        Organisation(COUNCIL, "council", "northmoor.example", "essmf"),
        Organisation("Moor Growers", "business", "moorgrowers.example", "smff"),
        Organisation("Northmoor Larder", "voluntary", "northmoorlarder.example", "mffcccc"),
    ),
    past=(
        Past(
            62,
            "GSMGMWGMGMM",
            12,
            comments=((1, "high", "We meet in the places where people shop, and that is new."),),
        ),
    ),
    present=None,
)

ACTIVE_LIVES = Partnership(
    slug="northmoor-active-lives",
    name="Northmoor Active Lives",
    system="health_and_care",
    led_by_robin=False,
    organisations=(
        Organisation(COUNCIL, "council", "northmoor.example", "esmmf"),
        Organisation("Northmoor Health Trust", "nhs", "moorhealth.example", "ssmff"),
        Organisation("Moor Walkers", "voluntary", "moorwalkers.example", "mfccccf"),
    ),
    past=(Past(131, "MGMMWMLMWMG", 13),),
    present=None,
)

SKILLS = Partnership(
    slug="northmoor-skills",
    name="Northmoor Skills",
    system="other",
    led_by_robin=False,
    organisations=(
        Organisation(COUNCIL, "council", "northmoor.example", "esmmf"),
        Organisation("Moor College", "education", "moorcollege.example", "ssmff"),
        Organisation("Northmoor Works", "business", "northmoorworks.example", "smmoof"),
    ),
    past=(
        Past(
            158,
            "WMGMMLWGMSW",
            12,
            comments=(
                (6, "low", "Each of us counts other people as placed, so nobody knows how we are doing."),
            ),
        ),
    ),
    present=None,
)

ARTS = Partnership(
    slug="northmoor-arts-together",
    name="Northmoor Arts Together",
    system="other",
    led_by_robin=False,
    organisations=(
        Organisation(COUNCIL, "council", "northmoor.example", "esmf"),
        Organisation("Old Mill Studios", "voluntary", "oldmillstudios.example", "mffooc"),
        Organisation("Moor College", "education", "moorcollege.example", "smfff"),
    ),
    past=(Past(149, "SGGSGMGGMWG", 11),),
    present=None,
)

OTHERS = (HOMES, YOUNG_MINDS, FOOD, ACTIVE_LIVES, SKILLS, ARTS)

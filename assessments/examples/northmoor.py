"""Northmoor Council and its partnerships. All of it is invented; days are counted back from today."""

from .described import ACTIONS, COUNCIL, Organisation, Partnership, Past, Present, Workshop
from .others import OTHERS

__all__ = ["ACTIONS", "COUNCIL", "PARTNERSHIPS", "season"]

AGEING_WELL = Partnership(
    slug="northmoor-ageing-well",
    name="Northmoor Ageing Well",
    system="health_and_care",
    with_jo=True,
    organisations=(
        Organisation(COUNCIL, "council", "northmoor.example", "essmmfff"),
        Organisation("Northmoor Health Trust", "nhs", "moorhealth.example", "ssmmffff"),
        Organisation("Age Together Northmoor", "voluntary", "agetogether.example", "smffccc"),
        Organisation("Carers of the Moor", "voluntary", "moorcarers.example", "smcccc"),
        Organisation("Northmoor Police", "police", "moorpolice.example", "mf"),
        Organisation("Moor Fire and Rescue", "fire", "moorfire.example", "mf"),
    ),
    past=(
        Past(904, "MWWMSMMULXL", 22, settings={"is_baseline": True}),
        Past(722, "MMWMSMGUWXL", 23),
        Past(
            540,
            "GMMMGMGUMXW",
            25,
            comments=(
                (
                    9,
                    "low",
                    "Two of our team leaders were asked this year. That is two more than before.",
                ),
                (1, "high", "The walkabouts in Eastholme were the best hours of this partnership."),
                (5, "high", "Our portfolio holder comes, listens, and stays to the end."),
            ),
        ),
        Past(
            357,
            "GGMMMGGUGXW",
            26,
            absent=("Moor Fire and Rescue",),
            comments=(
                (5, "low", "Since the election nobody from the cabinet has been to a meeting."),
                (8, "low", "We count visits. We do not ask whether anybody is better off."),
                (10, "low", "Carers are invited to comment on papers that are already printed."),
                (7, "high", "Some people here simply do not let go of an idea. Good."),
            ),
        ),
        Past(
            175,
            "VGMGLGSUSXW",
            24,
            absent=("Northmoor Police", "Moor Fire and Rescue"),
            gone=5,
            comments=(
                (10, "low", "I was asked once what I thought, and then never heard what became of it."),
                (10, "high", "The citizens' panel chose the contractor for the day centre. That was real."),
                (
                    5,
                    "low",
                    "Every new leader starts from nothing. We need support that outlasts an election.",
                ),
                (5, "low", "I could not name the councillor who speaks for this work."),
                (
                    9,
                    "high",
                    "My manager told me to stop asking permission and start asking partners. It works.",
                ),
                (9, "high", "Ward staff and home carers now plan discharges together on Thursdays."),
                (8, "low", "We had three plans in two years and looked back at none of them."),
                (11, "low", "All of this is done on top of the day job, mostly by the same four people."),
                (1, "high", "We start from the villages now, not from the departments."),
                (2, "high", "We can disagree in the room and still have lunch together."),
            ),
        ),
    ),
    present=Present(9, "GGMGWGSUSPW", 20, unsent=2, looks_back=True),
    workshop=Workshop(
        people=19,
        agreed=(4, 4, 3, 4, 2, 4, 4, 2, 4, 3, 2),
        why={
            1: "The villages set the agenda now. One ward is still missing.",
            5: "Two elections without a councillor who speaks for this work.",
            8: "We count visits and do not yet ask what changed for people.",
            10: "Strong for the day centre, weak elsewhere: some decide, some only comment.",
            11: "Four people carry it on top of the day job.",
        },
        again={8: "W", 10: "M"},
        worth=(0, 0, 2, 9, 7),
    ),
)

COMMUNITY_SAFETY = Partnership(
    slug="northmoor-community-safety",
    name="Northmoor Community Safety Partnership",
    system="community_safety",
    organisations=(
        Organisation(COUNCIL, "council", "northmoor.example", "esmmff"),
        Organisation("Northmoor Police", "police", "moorpolice.example", "ssmmfff"),
        Organisation("Moor Fire and Rescue", "fire", "moorfire.example", "smff"),
        Organisation("Safe Nights Northmoor", "voluntary", "safenights.example", "smfcc"),
        Organisation("Moor Probation Service", "other", "moorprobation.example", "mf"),
    ),
    past=(
        Past(545, "MMPGMMMWWLM", 10),
        Past(365, "MMPGMGMWWLM", 14),
        Past(
            181,
            "GXMSMGMFWLX",
            18,
            absent=("Moor Probation Service",),
            state="revealed",
            comments_read=False,
            comments=(
                (2, "low", "We are polite to each other, which is not the same as honest."),
                (2, "high", "I can ring anybody at this table at night, and I have."),
                (4, "high", "One page, three aims. Everybody can say them by heart."),
                (10, "low", "The young people we talk about have never been in this room."),
                (10, "low", "Residents come to complain because there is no other way in."),
                (11, "low", "The analyst post has been empty for a year."),
                (11, "high", "Fire and police lend people without a form. That is worth a lot."),
            ),
        ),
    ),
    present=Present(4, "GMMSMGMMWWM", 8, unsent=1),
)

EARLY_YEARS = Partnership(
    slug="northmoor-early-years",
    name="Northmoor Early Years",
    system="children_and_families",
    led_by_robin=False,
    organisations=(
        Organisation(COUNCIL, "council", "northmoor.example", "esmff"),
        Organisation("Northmoor Health Trust", "nhs", "moorhealth.example", "smff"),
        Organisation("Larkfield Nursery School", "education", "larkfield.example", "sff"),
        Organisation("Moor Family Network", "voluntary", "moorfamilies.example", "mfcccc"),
    ),
    past=(
        Past(
            388,
            "SGMMMGGWMSM",
            15,
            settings={"grouping": "standpoint"},
            comments=(
                (10, "high", "Parents chair every second meeting. It changed what we talk about."),
                (8, "low", "We never look at the same figure twice."),
                (3, "low", "Health visitors and nurseries still use different forms for the same child."),
            ),
        ),
        Past(
            190,
            "SGGMMGSMGSM",
            13,
            settings={"confidentiality": "named"},
            comments=(
                (3, "high", "One form since March. Small, and it took two years."),
                (11, "low", "The crèche is what lets parents come. Please keep paying for it."),
            ),
        ),
    ),
    present=Present(6, "SGGMMGSMGSM", 7, unsent=1),
)

TOWN_CENTRE = Partnership(
    slug="northmoor-town-centre",
    name="Northmoor Town Centre",
    system="place_and_economy",
    with_jo=True,
    organisations=(
        Organisation(COUNCIL, "council", "northmoor.example", "essmmf"),
        Organisation("Northmoor Traders", "business", "moortraders.example", "ssooo"),
        Organisation("Moor College", "education", "moorcollege.example", "smf"),
        Organisation("Friends of the Market Hall", "voluntary", "markethall.example", "mccc"),
    ),
    past=(
        Past(
            200,
            "LWWLMMWLLWL",
            14,
            settings={"is_baseline": True, "grouping": "sector"},
            comments=(
                (4, "low", "Ask five of us what this is for and you get six answers."),
                (6, "high", "The empty shop with the paintings in it was a lovely idea."),
                (1, "low", "We talk about footfall. People talk about the bench outside the chemist."),
            ),
        ),
        Past(
            12,
            "WWMMMGMWLWW",
            13,
            state="closed",
            settings={"grouping": "sector"},
            comments=(
                (4, "high", "At last a purpose that fits on a shop door."),
                (6, "high", "The lantern evening would not have happened a year ago."),
                (9, "low", "Nobody has asked the people who sweep the square."),
            ),
        ),
    ),
    present=Present(2, "WWMMMGMWLWW", 4, unsent=1, title="Market hall: a short look", closes_in=10),
    room="The square after dark",
)

CLIMATE = Partnership(
    slug="northmoor-climate",
    name="Northmoor Climate Partnership",
    system="climate",
    review_months=12,
    led_by_robin=False,
    organisations=(
        Organisation(COUNCIL, "council", "northmoor.example", "esmf"),
        Organisation("Northmoor Health Trust", "nhs", "moorhealth.example", "sm"),
        Organisation("Moor Energy Co-operative", "business", "moorenergy.example", "smf"),
        Organisation("Moor College", "education", "moorcollege.example", "sm"),
        Organisation("Northmoor Climate Forum", "voluntary", "moorclimate.example", "mccc"),
    ),
    past=(Past(368, "MGWLWSGWWMW", 4),),
    present=Present(5, "MGWMWSGWWMW", 6, unsent=0),
)

PARTNERSHIPS = (AGEING_WELL, COMMUNITY_SAFETY, EARLY_YEARS, TOWN_CENTRE, CLIMATE, *OTHERS)


def season(day):
    """ "Spring 2026"; a winter has two years, so that no partnership has two winters of one name."""
    if day.month in (12, 1, 2):
        first = day.year if day.month == 12 else day.year - 1
        return f"Winter {first}/{(first + 1) % 100:02}"
    return f"{('Spring', 'Summer', 'Autumn')[day.month // 3 - 1]} {day.year}"

"""Every address by every role. An address missing from the table fails, and so does one that lets the
wrong person in. The partnership holds everything that could leak: members, a round with answers, comments.
"""

from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from assessments import keys
from assessments.models import Invitation, Letter
from assessments.operations import invitations, room, rounds, workshops
from assessments.operations.rounds import finish_comments
from framework.operations import retire_action, start_draft
from tests.factories import (
    CouncilFactory,
    MembershipFactory,
    PartnershipFactory,
    UserFactory,
    make_lead,
    make_round,
    make_step,
)
from tests.made_once import made_once

ROLES = (
    "stranger",
    "outsider",
    "officer elsewhere",
    "editor",
    "administrator",
    "officer",
    "member",
    "lead",
)
OK, LOGIN, FORBIDDEN, NOT_FOUND = "in", "sign in", "not allowed", "not found"
OUTSIDE = {
    "stranger": LOGIN,
    "outsider": NOT_FOUND,
    "officer elsewhere": NOT_FOUND,
    "editor": NOT_FOUND,
    "administrator": NOT_FOUND,
}
PUBLIC = dict.fromkeys(ROLES, OK)
NOT_HERE = dict.fromkeys(ROLES, NOT_FOUND)
SIGNED_IN = PUBLIC | {"stranger": LOGIN}
INSIDERS = OUTSIDE | {"officer": OK, "member": OK, "lead": OK}
MEMBERS = OUTSIDE | {"officer": FORBIDDEN, "member": OK, "lead": OK}
LEAD = OUTSIDE | {"officer": FORBIDDEN, "member": FORBIDDEN, "lead": OK}
OFFICERS = dict.fromkeys(ROLES, NOT_FOUND) | {"stranger": LOGIN, "officer": OK}
EDITORS = dict.fromkeys(ROLES, FORBIDDEN) | {"stranger": LOGIN, "editor": OK, "administrator": OK}
ADMINISTRATOR = dict.fromkeys(ROLES, LOGIN) | {"administrator": OK}
DRAFT_READERS = dict.fromkeys(ROLES, NOT_FOUND) | {"editor": OK, "administrator": OK}

TABLE = {
    # name: (who, names of the arguments)
    "home": (PUBLIC, ()),
    "set_language": (PUBLIC, ()),
    "framework": (PUBLIC, ()),
    "framework_edition": (PUBLIC, ("framework", "edition")),
    "framework_differences": (DRAFT_READERS, ("framework", "edition", "draft")),
    "framework_draft": (EDITORS, ("framework",)),
    "framework_draft_action": (EDITORS, ("framework", "action_code")),
    "framework_draft_area": (EDITORS, ("framework", "area_code")),
    "framework_draft_area_bring_back": (EDITORS, ("framework", "area_code")),
    "framework_draft_area_remove": (EDITORS, ("framework", "area_code")),
    "framework_draft_area_step": (EDITORS, ("framework", "area_code")),
    "framework_draft_around": (EDITORS, ("framework",)),
    "framework_draft_bring_back": (EDITORS, ("framework", "taken_out")),
    "framework_draft_checks": (EDITORS, ("framework",)),
    "framework_draft_drop": (EDITORS, ("framework",)),
    "framework_draft_kinds": (EDITORS, ("framework",)),
    "framework_draft_language": (EDITORS, ("framework", "language")),
    "framework_draft_merge": (EDITORS, ("framework", "action_code")),
    "framework_draft_move": (EDITORS, ("framework", "action_code")),
    "framework_draft_new_action": (EDITORS, ("framework",)),
    "framework_draft_new_area": (EDITORS, ("framework",)),
    "framework_draft_publish": (EDITORS, ("framework",)),
    "framework_draft_retire": (EDITORS, ("framework", "action_code")),
    "framework_draft_split": (EDITORS, ("framework", "action_code")),
    "framework_draft_start": (EDITORS, ("framework",)),
    "framework_draft_step": (EDITORS, ("framework", "action_code")),
    "framework_draft_translation": (EDITORS, ("framework", "language", "part")),
    "framework_editing": (EDITORS, ()),
    "framework_edition_retire": (EDITORS, ("framework", "edition")),
    "framework_history": (PUBLIC, ("framework",)),
    "framework_trail": (EDITORS, ("framework", "edition")),
    "about": (PUBLIC, ()),
    "privacy": (PUBLIC, ()),
    "accessibility": (PUBLIC, ()),
    "demo": (NOT_HERE, ()),
    "demo_mail": (NOT_HERE, ()),
    "demo_message": (NOT_HERE, ("message",)),
    "account": (SIGNED_IN, ()),
    "assessments:my_data": (SIGNED_IN, ()),
    "assessments:partnerships": (SIGNED_IN, ()),
    "partnership_new": (SIGNED_IN, ()),
    "partnership_settings": (LEAD, ("slug",)),
    "partnership_hand_over": (LEAD, ("slug",)),
    "organisations": (LEAD, ("slug",)),
    "organisation_new": (LEAD, ("slug",)),
    "organisation": (LEAD, ("slug", "organisation")),
    "organisation_remove": (LEAD, ("slug", "organisation")),
    "members": (LEAD, ("slug",)),
    "member_new": (LEAD, ("slug",)),
    "members_paste": (LEAD, ("slug",)),
    "members_upload": (LEAD, ("slug",)),
    "members_example": (LEAD, ("slug",)),
    "member": (LEAD, ("slug", "membership")),
    "member_end": (LEAD, ("slug", "membership")),
    "assessments:member_erase": (LEAD, ("slug", "membership")),
    "assessments:partnership": (INSIDERS, ("slug",)),
    "assessments:round_new": (LEAD, ("slug",)),
    "assessments:import_ratings": (LEAD, ("slug",)),
    "assessments:import_confirm": (LEAD, ("slug",)),
    "assessments:import_blank": (LEAD, ("slug",)),
    "assessments:sheet": (LEAD, ("slug",)),
    "assessments:next_steps": (INSIDERS, ("slug",)),
    "assessments:next_step_new": (LEAD, ("slug",)),
    "assessments:next_step": (LEAD, ("slug", "step")),
    "assessments:next_step_done": (LEAD, ("slug", "step")),
    "assessments:next_step_drop": (LEAD, ("slug", "step")),
    "assessments:next_step_take_up": (LEAD, ("slug", "step")),
    "assessments:round": (INSIDERS, ("round",)),
    "assessments:round_settings": (LEAD, ("round",)),
    "assessments:round_open": (LEAD, ("round",)),
    "assessments:round_close": (LEAD, ("round",)),
    "assessments:round_reopen": (LEAD, ("round",)),
    "assessments:round_reveal": (LEAD, ("round",)),
    "assessments:round_share": (LEAD, ("round",)),
    "assessments:round_delete": (LEAD, ("round",)),
    "assessments:round_mail": (LEAD, ("round",)),
    "assessments:round_people": (LEAD, ("round",)),
    "assessments:round_remind": (LEAD, ("round",)),
    "assessments:round_invite_newcomers": (LEAD, ("round",)),
    "assessments:round_settle_organisations": (LEAD, ("round",)),
    "assessments:invitation_link": (LEAD, ("round", "invitation")),
    "assessments:invitation_renew": (LEAD, ("round", "invitation")),
    "assessments:invitation_withdraw": (LEAD, ("round", "invitation")),
    "assessments:invitation_away": (LEAD, ("round", "invitation")),
    "assessments:invitation_again": (LEAD, ("round", "invitation")),
    "assessments:invitation_restart": (LEAD, ("round", "invitation")),
    "assessments:invitation_erase": (LEAD, ("round", "invitation")),
    "assessments:round_sheet": (LEAD, ("round",)),
    "assessments:results": (INSIDERS, ("round",)),
    "assessments:results_csv": (INSIDERS, ("round",)),
    "assessments:groups": (INSIDERS, ("round",)),
    "assessments:groups_csv": (INSIDERS, ("round",)),
    "assessments:results_method": (INSIDERS, ("round",)),
    "assessments:comments": (INSIDERS, ("round",)),
    "assessments:compare": (INSIDERS, ("slug",)),
    "assessments:compare_csv": (INSIDERS, ("slug",)),
    "assessments:comments_review": (LEAD, ("round",)),
    "assessments:named": (MEMBERS, ("named",)),
    "assessments:portfolio": (OFFICERS | {"officer elsewhere": OK}, ()),  # leads on to their own
    "assessments:portfolio_council": (OFFICERS, ("council",)),
    "assessments:portfolio_csv": (OFFICERS, ("council",)),
    "assessments:rate": (PUBLIC, ("token",)),
    "assessments:rate_action": (PUBLIC, ("token", "number")),
    "assessments:rate_back": (NOT_HERE, ("token", "number")),  # this round does not ask to look back
    "assessments:rate_review": (PUBLIC, ("token",)),
    "assessments:rate_sent": (PUBLIC, ("token",)),
    "assessments:rate_finish": (PUBLIC, ("token",)),
    "assessments:rate_code": (PUBLIC, ("token",)),
    "assessments:rate_data": (PUBLIC, ("token",)),
    "assessments:link_results": (PUBLIC, ("token",)),
    "assessments:link_groups": (PUBLIC, ("token",)),
    "assessments:link_method": (PUBLIC, ("token",)),
    "assessments:link_comments": (PUBLIC, ("token",)),
    "assessments:link_compare": (PUBLIC, ("token",)),
    "assessments:workshop_start": (LEAD, ("round",)),
    "assessments:workshop": (LEAD, ("workshop",)),
    "assessments:workshop_projector": (LEAD, ("workshop",)),
    "assessments:workshop_one_screen": (LEAD, ("workshop",)),
    "assessments:workshop_live": (LEAD, ("workshop",)),
    "assessments:workshop_qr": (LEAD, ("workshop",)),
    "assessments:workshop_move": (LEAD, ("workshop",)),
    "assessments:workshop_go_to": (LEAD, ("workshop",)),
    "assessments:workshop_timer": (LEAD, ("workshop",)),
    "assessments:workshop_agree": (LEAD, ("workshop",)),
    "assessments:workshop_next_step": (LEAD, ("workshop",)),
    "assessments:workshop_door": (LEAD, ("workshop",)),
    "assessments:workshop_seat": (LEAD, ("workshop", "seat")),
    "assessments:workshop_ways_in": (LEAD, ("workshop",)),
    "assessments:workshop_finish": (LEAD, ("workshop",)),
    "assessments:workshop_call_off": (LEAD, ("workshop",)),
    "assessments:rehearse": (LEAD, ("round",)),
    "assessments:rehearsal_rate": (LEAD, ("workshop",)),
    "assessments:rehearsal_end": (LEAD, ("workshop",)),
    "assessments:preview": (EDITORS, ("framework",)),
    "assessments:preview_phone": (EDITORS, ("framework", "action_code")),
    "assessments:preview_paper": (EDITORS, ("framework",)),
    "assessments:preview_screen": (EDITORS, ("framework", "action_code")),
    "assessments:preview_radar": (EDITORS, ("framework",)),
    "assessments:you": (PUBLIC, ("letter",)),
    "assessments:room_code": (PUBLIC, ()),
    "assessments:room_way_in": (PUBLIC, ("way_in",)),
    "assessments:room_join": (PUBLIC, ("code",)),
    # Without the cookie of a phone that has joined there is no place in the room for anybody.
    "assessments:room": (NOT_HERE, ("workshop",)),
    "assessments:room_live": (NOT_HERE, ("workshop",)),
    "assessments:room_rate": (NOT_HERE, ("workshop",)),
    "assessments:room_vote": (NOT_HERE, ("workshop",)),
}
# Theirs to guard, tested by their makers; what they may show is tested in tests/partnerships.
NOT_OURS = ("account_", "admin:", "")


@dataclass
class Cast:
    """A partnership with a shared round, a named one, and somebody in every role."""

    users: dict
    arguments: dict = field(default_factory=dict)

    def client(self, role):
        client = Client()
        if role != "stranger":
            client.force_login(self.users[role])
        return client

    def address(self, name):
        _who, names = TABLE[name]
        return reverse(name, args=[self.arguments[argument] for argument in names])


def of_a_draft(edition):
    """What the addresses of the framework name: a draft from which one action has been taken out."""
    draft = start_draft(by=None, framework=edition.framework)
    retire_action(by=None, edition=draft, code="learning")
    return {
        "framework": edition.framework.slug,
        "edition": edition.number,
        "draft": draft.number,
        "action_code": draft.actions.first().code,
        "area_code": draft.areas.first().code,
        "taken_out": "learning",
        "language": "cy",
        "part": "levels",
    }


@made_once
def cast(edition):
    users = {
        role: UserFactory()
        for role in ("officer", "officer elsewhere", "member", "lead", "outsider", "editor")
    }
    users["editor"].is_editor = True
    users["editor"].save()
    users["administrator"] = UserFactory(is_staff=True, is_superuser=True)
    council = CouncilFactory(officers=[users["officer"]])
    CouncilFactory(officers=[users["officer elsewhere"]])
    make_lead(PartnershipFactory(), user=users["outsider"])
    partnership = PartnershipFactory(council=council)
    make_lead(partnership, user=users["lead"])
    member = MembershipFactory(partnership=partnership, user=users["member"])
    people = [member, *MembershipFactory.create_batch(6, partnership=partnership)]
    answers = [
        (person, {3: (level, "We never talk about money.")}) for level, person in enumerate(people[:5], 1)
    ]
    shared = make_round(partnership, state="shared", answers=answers)
    finish_comments(by=None, round=shared)
    named = make_round(
        partnership, state="shared", answers=answers[:1], title="Named", confidentiality="named"
    )
    in_room = make_round(partnership, title="In the room")
    workshop = workshops.start_workshop(by=None, round=in_room)
    seat = room.join_as_guest(workshop=workshop, device="phone")
    invitation = Invitation.objects.get(round=shared, participant__membership=member)
    arguments = {
        "workshop": workshop.pk,
        "seat": seat.pk,
        "code": workshop.code,
        "slug": partnership.slug,
        "council": council.slug,
        "organisation": member.organisation.pk,
        "membership": member.pk,
        "round": shared.pk,
        "named": named.pk,
        "invitation": invitation.pk,
        "letter": letter_to(shared, member),
        "way_in": letter_to(in_room, member, "way_in"),
        "token": invitations.issue_link(by=None, invitation=invitation),
        "step": make_step(partnership, round=shared).pk,
        "number": 3,
        "message": "none",
    } | of_a_draft(edition)
    return Cast(users, arguments)


def letter_to(round, member, kind="begun"):
    """The token of a letter somebody has had."""
    token = keys.new_token()
    letters = {"participant": member.participant, "kind": kind, "is_due": False}
    Letter.objects.create(round=round, token_hash=keys.hash_token(token), **letters)
    return token


def outcome(response):
    if response.status_code == 302 and response.url.startswith(("/accounts/login/", "/admin/login/")):
        return LOGIN
    return {403: FORBIDDEN, 404: NOT_FOUND}.get(response.status_code, OK)


def named_patterns(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_patterns(pattern, inner)
        else:
            yield f"{namespace}{pattern.name or ''}", pattern


def ours():
    for name, pattern in named_patterns(get_resolver()):
        if name and not name.startswith(NOT_OURS[:2]):
            yield name, pattern


def test_every_address_of_ours_stands_in_the_table():
    assert {name for name, _pattern in ours()} == set(TABLE)


def test_every_view_of_ours_says_which_permission_it_asks_or_that_it_is_public():
    silent = {
        name
        for name, pattern in ours()
        if not getattr(pattern.callback.view_class, "public", False)
        and not getattr(pattern.callback.view_class, "permission", None)
    }
    assert silent == set()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_gets_in_where(method, cast):
    found, broken = {}, {}
    for role in ROLES:
        client = cast.client(role)
        for name in TABLE:
            with transaction.atomic():
                response = getattr(client, method)(cast.address(name))
                transaction.set_rollback(True)  # a POST that works must not change the next case
            found[name, role] = outcome(response)
            if response.status_code >= 500:
                broken[name, role] = response.status_code
    assert found == {(name, role): TABLE[name][0][role] for name in TABLE for role in ROLES}
    assert broken == {}


GUESSED = {
    "organisation": ("organisation", "organisation_remove"),
    "membership": ("member", "member_end", "assessments:member_erase"),
    "step": tuple(name for name, (_who, names) in TABLE.items() if "step" in names),
    "invitation": tuple(name for name in TABLE if name.startswith("assessments:invitation_")),
    "seat": ("assessments:workshop_seat",),
}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_guessed_number_of_another_partnership_is_not_found(method, cast):
    """The lead of one partnership puts the number of another's row into an address of their own."""
    elsewhere = PartnershipFactory()
    member = MembershipFactory(partnership=elsewhere)
    round = rounds.create_round(by=None, partnership=elsewhere, title="Elsewhere")
    rounds.open_round(by=None, round=round)
    cast.arguments |= {
        "organisation": member.organisation.pk,
        "membership": member.pk,
        "invitation": Invitation.objects.get(round=round).pk,
        "step": make_step(elsewhere).pk,
        "seat": room.join_as_guest(
            workshop=workshops.start_workshop(
                by=None, round=rounds.create_round(by=None, partnership=elsewhere, title="Their room")
            ),
            device="theirs",
        ).pk,
    }
    client = cast.client("lead")
    names = [name for names in GUESSED.values() for name in names]
    found = {name: getattr(client, method)(cast.address(name)).status_code for name in names}
    assert found == dict.fromkeys(names, 404)


def admin_addresses():
    return sorted(
        name
        for name, pattern in named_patterns(get_resolver())
        if name.startswith("admin:") and not pattern.pattern.converters and "login" not in name
    )


def test_the_administration_pages_let_administrators_in_alone(cast):
    addresses = [
        "admin:index",
        "admin:partnerships_user_changelist",
        "admin:partnerships_auditevent_changelist",
    ]
    assert set(addresses) <= set(admin_addresses())
    for name in addresses:
        found = {role: outcome(cast.client(role).get(reverse(name))) for role in ROLES}
        assert found == ADMINISTRATOR, name

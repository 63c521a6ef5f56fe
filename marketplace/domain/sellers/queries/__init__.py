"""What can be asked about sellers: their members here, the rest in the modules beside."""

from marketplace.domain.sellers.queries.members import MemberRow as MemberRow
from marketplace.domain.sellers.queries.members import RoleChoice as RoleChoice
from marketplace.domain.sellers.queries.members import Shop as Shop
from marketplace.domain.sellers.queries.members import ShopCard as ShopCard
from marketplace.domain.sellers.queries.members import colleague as colleague
from marketplace.domain.sellers.queries.members import (
    list_member_invitations as list_member_invitations,
)
from marketplace.domain.sellers.queries.members import list_members as list_members
from marketplace.domain.sellers.queries.members import open_shops as open_shops
from marketplace.domain.sellers.queries.members import role_choices as role_choices
from marketplace.domain.sellers.queries.members import shops_of as shops_of

"""What can be done with sellers: their members here, the rest in the modules beside."""

from marketplace.domain.sellers.service.members import add_member as add_member
from marketplace.domain.sellers.service.members import change_member_role as change_member_role
from marketplace.domain.sellers.service.members import open_seller as open_seller
from marketplace.domain.sellers.service.members import remove_member as remove_member

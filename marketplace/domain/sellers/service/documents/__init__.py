"""Documents of open shops."""

from marketplace.domain.sellers.service.documents.keeping import COUNTED as COUNTED
from marketplace.domain.sellers.service.documents.keeping import FactsOf as FactsOf
from marketplace.domain.sellers.service.documents.keeping import due_sellers as due_sellers
from marketplace.domain.sellers.service.documents.keeping import keep_in_step as keep_in_step
from marketplace.domain.sellers.service.documents.keeping import perform_due_of as perform_due_of
from marketplace.domain.sellers.service.documents.renewing import judge as judge
from marketplace.domain.sellers.service.documents.renewing import renew as renew

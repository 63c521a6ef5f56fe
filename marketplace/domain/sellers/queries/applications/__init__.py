"""Applications: as the applicant sees their own, and as staff read and decide them."""

from marketplace.domain.sellers.queries.applications.mine import ApplicationView as ApplicationView
from marketplace.domain.sellers.queries.applications.mine import StepRow as StepRow
from marketplace.domain.sellers.queries.applications.mine import my_application as my_application
from marketplace.domain.sellers.queries.applications.names import is_slug_free as is_slug_free
from marketplace.domain.sellers.queries.applications.names import (
    shop_name_taken as shop_name_taken,
)
from marketplace.domain.sellers.queries.applications.names import suggest_slug as suggest_slug
from marketplace.domain.sellers.queries.applications.queue import QueueCounts as QueueCounts
from marketplace.domain.sellers.queries.applications.queue import QueueRow as QueueRow
from marketplace.domain.sellers.queries.applications.queue import counts as counts
from marketplace.domain.sellers.queries.applications.queue import next_open as next_open
from marketplace.domain.sellers.queries.applications.queue import queue as queue
from marketplace.domain.sellers.queries.applications.review import EarlierRow as EarlierRow
from marketplace.domain.sellers.queries.applications.review import ReviewView as ReviewView
from marketplace.domain.sellers.queries.applications.review import review as review
from marketplace.domain.sellers.queries.applications.risks import RiskMatch as RiskMatch
from marketplace.domain.sellers.queries.applications.risks import RiskRow as RiskRow

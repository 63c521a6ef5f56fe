"""How a seller stands: pauses, switches, suspension, appeal and the way out."""

from marketplace.domain.sellers.service.standing.appeals import appeal as appeal
from marketplace.domain.sellers.service.standing.appeals import decide_appeal as decide_appeal
from marketplace.domain.sellers.service.standing.closing import ask_to_close as ask_to_close
from marketplace.domain.sellers.service.standing.closing import close as close
from marketplace.domain.sellers.service.standing.closing import finish_closing as finish_closing
from marketplace.domain.sellers.service.standing.closing import stay_open as stay_open
from marketplace.domain.sellers.service.standing.closing import terminate as terminate
from marketplace.domain.sellers.service.standing.pauses import COUNTED as COUNTED
from marketplace.domain.sellers.service.standing.pauses import due_sellers as due_sellers
from marketplace.domain.sellers.service.standing.pauses import pause as pause
from marketplace.domain.sellers.service.standing.pauses import perform_due_of as perform_due_of
from marketplace.domain.sellers.service.standing.pauses import resume as resume
from marketplace.domain.sellers.service.standing.suspending import reinstate as reinstate
from marketplace.domain.sellers.service.standing.suspending import set_level as set_level
from marketplace.domain.sellers.service.standing.suspending import suspend as suspend
from marketplace.domain.sellers.service.standing.switching import lift as lift
from marketplace.domain.sellers.service.standing.switching import restrict as restrict
from marketplace.domain.sellers.service.standing.switching import switch_off as switch_off
from marketplace.domain.sellers.service.standing.switching import switch_on as switch_on

"""What applicants and staff do with applications; approving is `flows.decide_application`."""

from marketplace.domain.sellers.service.applications.deciding import agree_first as agree_first
from marketplace.domain.sellers.service.applications.deciding import (
    conclude_approval as conclude_approval,
)
from marketplace.domain.sellers.service.applications.deciding import decide_appeal as decide_appeal
from marketplace.domain.sellers.service.applications.deciding import (
    prepare_approval as prepare_approval,
)
from marketplace.domain.sellers.service.applications.deciding import reject as reject
from marketplace.domain.sellers.service.applications.handing_in import hand_in as hand_in
from marketplace.domain.sellers.service.applications.handing_in import take_back as take_back
from marketplace.domain.sellers.service.applications.reminding import forgotten as forgotten
from marketplace.domain.sellers.service.applications.reminding import remind as remind
from marketplace.domain.sellers.service.applications.reviewing import ask_for as ask_for
from marketplace.domain.sellers.service.applications.reviewing import assign as assign
from marketplace.domain.sellers.service.applications.reviewing import judge as judge
from marketplace.domain.sellers.service.applications.reviewing import (
    request_changes as request_changes,
)
from marketplace.domain.sellers.service.applications.reviewing import take as take
from marketplace.domain.sellers.service.applications.saving import save_bank as save_bank
from marketplace.domain.sellers.service.applications.saving import (
    save_business_type as save_business_type,
)
from marketplace.domain.sellers.service.applications.saving import save_contact as save_contact
from marketplace.domain.sellers.service.applications.saving import save_legal as save_legal
from marketplace.domain.sellers.service.applications.saving import save_shop as save_shop
from marketplace.domain.sellers.service.applications.sending import (
    accept_agreement as accept_agreement,
)
from marketplace.domain.sellers.service.applications.sending import appeal as appeal
from marketplace.domain.sellers.service.applications.sending import delete_draft as delete_draft
from marketplace.domain.sellers.service.applications.sending import start as start
from marketplace.domain.sellers.service.applications.sending import submit as submit

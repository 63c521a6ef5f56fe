"""What staff configure: requirements, levels, the agreement; and what every installation has."""

from marketplace.domain.sellers.service.requirements.agreement import (
    check_agreement as check_agreement,
)
from marketplace.domain.sellers.service.requirements.agreement import (
    publish_agreement as publish_agreement,
)
from marketplace.domain.sellers.service.requirements.deadlines import (
    begin_deadline as begin_deadline,
)
from marketplace.domain.sellers.service.requirements.deadlines import (
    begin_deadlines as begin_deadlines,
)
from marketplace.domain.sellers.service.requirements.defaults import (
    ensure_defaults as ensure_defaults,
)
from marketplace.domain.sellers.service.requirements.editing import save as save
from marketplace.domain.sellers.service.requirements.editing import set_active as set_active
from marketplace.domain.sellers.service.requirements.forms import AgreementForm as AgreementForm
from marketplace.domain.sellers.service.requirements.forms import LevelForm as LevelForm
from marketplace.domain.sellers.service.requirements.forms import RequirementForm as RequirementForm
from marketplace.domain.sellers.service.requirements.levels import save_level as save_level

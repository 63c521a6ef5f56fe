"""List pages by the contract C1 of ux.md: the URL is the state, everything else follows.

```python
JOBS = Index(
    page="/admin/jobs",
    audience=Audience.STAFF,
    permission=Permission.JOBS_READ,
    title=N_("Jobs"),
    columns=(
        Column("name", N_("Job"), lambda row: row.name, sort="name"),
        Column("state", N_("State"), lambda row: pill(row.state), on_phone="status"),
        Column("ran", N_("Last run"), lambda row: moment(row.ran_at), sort="ran"),
    ),
    sorts=("name", "-ran"),
    filters=(Choice("state", N_("State"), {"ok": N_("OK"), "failed": N_("Failed")}),),
    built_in=(BuiltIn("failed", N_("Failed"), "state=failed"),),
    searches=N_("Search jobs"),
)

class JobsState(rx.State):
    rows: list[JobRow] = []          # frozen dataclasses with an `id`, at most 50
    listing: Listing = Listing()

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.JOBS_READ)
    async def load(self):
        self.rows, self.listing = await JOBS.answer(
            self, queries.list_jobs, await current_staff(self)
        )

def page() -> rx.Component:
    return index_page(
        JOBS,
        JobsState,
        JobsState.rows,
        name=lambda row: row.name,
        href=lambda row: f"/admin/jobs/{row.id}",
        bulk=(Bulk(N_("Retry"), JobsState.retry, Permission.JOBS_MANAGE),),
        empty=Empty(N_("No jobs yet"), N_("Jobs appear here when the timer first runs.")),
    )
```

A navigation that changes only the query runs the page's `on_load` again (Reflex compares path and
query), so controls just navigate and Back works. `load` is the page's only loader.
"""

from marketplace.web.ui.index_page.listing import (
    BuiltIn,
    Choice,
    Column,
    Day,
    Index,
    Listing,
    Option,
    Text,
)
from marketplace.web.ui.index_page.view import Bulk, Empty, index_page

__all__ = [
    "BuiltIn",
    "Bulk",
    "Choice",
    "Column",
    "Day",
    "Empty",
    "Index",
    "Listing",
    "Option",
    "Text",
    "index_page",
]

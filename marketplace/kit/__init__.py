"""Words with no business in them: money, ids, clock, states, errors, text, paging, columns, languages."""

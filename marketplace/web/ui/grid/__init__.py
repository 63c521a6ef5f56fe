"""An editable grid for scripts: `grid.jsx` on wide screens, `cards.jsx` on phones, `cells.js` below.

No Python piece uses it directly: its rows live in the browser until they are saved
(docs/decisions: the listing editor types in the browser).
"""

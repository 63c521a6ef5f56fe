"""Files on pages: a drop zone for one, a gallery for many, and how to show them.

The pieces speak to `http/media.py` by themselves (permit, upload, wait); a page binds one event
that tells the ids, and saves them.
"""

from marketplace.web.ui.media.drop import drop as drop
from marketplace.web.ui.media.gallery import gallery as gallery
from marketplace.web.ui.media.shown import document_link as document_link
from marketplace.web.ui.media.shown import document_preview as document_preview
from marketplace.web.ui.media.shown import picture as picture

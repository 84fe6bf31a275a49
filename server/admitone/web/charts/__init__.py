"""Charts as geometry: from plain numbers and texts to what a template draws as SVG.

Places and lengths along a chart are in percent of its width, those from top to bottom in pixels. So a chart
has the width of its page, and its texts keep their size. Where text runs right to left, charts are mirrored.
"""

"""From the numbers of a page to Plotly figures: data and layout only, drawn in the page by static/charts.js."""

from .demand import asked_figure, trends_figure

__all__ = ["asked_figure", "trends_figure"]

"""From the numbers of a page to Plotly figures: data and layout only, drawn in the page by static/charts.js."""

from .shares import HeatCell, HeatRow, counts_of, heat_rows, three_shares

__all__ = ["HeatCell", "HeatRow", "counts_of", "heat_rows", "three_shares"]

"""The smallest change of hours that brings abilities into line with demand, as an integer program."""

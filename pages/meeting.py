"""The weekly meeting, on the whole screen: one slide at a time, from protected numbers."""

from dashboard.shell.meeting import show_meeting

show_meeting()

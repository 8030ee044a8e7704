"""What people keep beside the records: settings, targets, capacities, annotations, their views.

Each change is one transaction: what was changed, how it was before, and the trail.
"""

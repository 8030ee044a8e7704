"""The panels, by subject: each question, its answer and how it is drawn, said once.

Pages, workbooks and slides choose from them; nothing here knows how a page is laid out.
"""

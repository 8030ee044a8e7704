"""A choice of how a panel is cut, over it on the page."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

Code = TypeVar("Code", bound=str)


def pick(label: str, options: Mapping[Code, str], key: str) -> Code:
    """One of the options (codes with their names), the first until another is chosen."""
    return st.container(key=f"switch-{key}").segmented_control(
        label,
        list(options),
        default=next(iter(options)),
        format_func=lambda option: options[option],
        required=True,
        key=key,
        label_visibility="collapsed",
    )

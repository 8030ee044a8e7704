"""The questions: pure Polars over facts. No Streamlit, no SQL, no drawing."""

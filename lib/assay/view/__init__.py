"""What people see, made of model values: sentences, tables and figures; no Streamlit, no I/O."""

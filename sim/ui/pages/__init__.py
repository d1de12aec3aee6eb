"""Hold the pages, one file each; each is run by Streamlit as a script."""

"""How do I ask, how do I look: the page. Streamlit is known here and in app.py only."""

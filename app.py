"""Be what Streamlit starts: `make app` or `peerstay app`."""

if __name__ == "__main__":  # a worker process reads this file too, and must not run the page
    from sim.ui.page import run

    run()

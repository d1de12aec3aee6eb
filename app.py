"""Be what Streamlit starts: `make app` or `peerstay app`. A worker process reads this file too, and does nothing."""

if __name__ == "__main__":  # a visitor's page is drawn
    from sim.ui.page import run

    run()
elif __name__ == "app":  # the server begins
    from starlette.middleware import Middleware
    from streamlit import App

    from sim.ui.missing_pages import Doors
    from sim.ui.serving import Guarded, lifespan, went_wrong
    from sim.ui.signin import ComingBack

    around = [Middleware(Guarded), Middleware(Doors), Middleware(ComingBack)]
    app = App(__file__, lifespan=lifespan, middleware=around, on_script_error=went_wrong)

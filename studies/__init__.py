"""The project's own studies: calibration, validation and the tables made from them. Not part of the product."""

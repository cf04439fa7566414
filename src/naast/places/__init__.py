"""Regions, municipalities, postcodes, house styles, hours, holidays, helplines."""

"""What leaves the house: to the panel, to observers by a link, as a site of a few pages."""

"""Units to begin with, as data. The strengths in them are samples: no public figures were found."""

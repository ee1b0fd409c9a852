"""Following up: the list of what is due, the page of a visit, and the codes that a case has got."""

"""Documents: certificate and plan as tagged PDF/A."""

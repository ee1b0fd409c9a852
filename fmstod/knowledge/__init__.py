"""What Socialstyrelsen recommends: diagnosis files, code look-up, matching, import of the FMB exports."""

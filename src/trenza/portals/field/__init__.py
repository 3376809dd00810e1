"""What every field page shares: the look, the base templates, the lesson shell, security headers and error pages."""

"""Sessions and attendance in the office: what was held, who came, who gave it."""

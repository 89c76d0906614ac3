"""National lists: small code sets, occupations, industries, skills, dated parameters."""

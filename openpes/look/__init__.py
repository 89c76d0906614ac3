"""The look: templates, components, styles and printed pages of every room."""

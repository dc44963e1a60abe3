"""How the documentation is built."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parent / "_ext"))

import generated

import sockerr

project = "sockerr"
author = "the sockerr authors"
copyright = "the sockerr authors"  # noqa: A001  # Sphinx calls it that
version = release = sockerr.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "sphinx_copybutton", "generated"]
exclude_patterns = ["_build", "_ext"]

html_favicon = "_static/icon.svg"
html_theme = "furo"
html_title = f"sockerr {release}"
html_copy_source = False
html_show_sphinx = False
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_js_files = ["matrix.js", "pages.js"]
# What is copied of an example is what one would type.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

myst_enable_extensions = ["colon_fence", "deflist", "substitution"]
myst_heading_anchors = 3
myst_substitutions = generated.substitutions()

# Systems do not write typographic quotation marks, and nobody searches for them.
smartquotes = False

default_role = "code"
add_module_names = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": True}
python_display_short_literal_types = True
toc_object_entries_show_parents = "hide"

# There is no network to look up Python's own documentation in.
nitpick_ignore_regex = [(r"py:.*", rf"({'|'.join(generated.FOREIGN)})")]

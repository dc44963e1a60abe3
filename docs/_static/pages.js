// A page that was opened as a file cannot fetch other pages, so its search shows titles without summaries.
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}

// What the theme leaves out for those who use the keyboard or a screen reader.
document.addEventListener("DOMContentLoaded", () => {
  for (const caption of document.querySelectorAll(".caption[role=heading]")) caption.ariaLevel = "2";
  for (const part of document.querySelectorAll("pre, .table-wrapper")) part.tabIndex = 0;
});

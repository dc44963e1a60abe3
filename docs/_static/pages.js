// What the pages do beyond what the theme does.

// A page that was opened as a file cannot fetch other pages, so its search shows titles without summaries.
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}

// This runs before the search begins, which waits for the same event.
document.addEventListener("DOMContentLoaded", () => {
  makeReachable();
  if (typeof Search !== "undefined") preferEntryInLine();
});

// What the theme leaves out for those who use the keyboard or a screen reader.
function makeReachable() {
  for (const caption of document.querySelectorAll(".caption[role=heading]")) caption.ariaLevel = "2";
  for (const part of document.querySelectorAll("pre, .table-wrapper")) part.tabIndex = 0;
}

// The search of Sphinx looks for entries of the index that contain what was typed. Somebody who pastes a whole line means
// an entry that the line contains: the last one, which says most, and the longest of those that end together.
function preferEntryInLine() {
  const perform = Search._performSearch;
  Search._performSearch = (query, ...rest) => {
    const found = perform(query, ...rest);
    const { docnames, filenames, indexentries, titles } = Search._index;
    const typed = ` ${query.toLowerCase()} `;
    const end = (entry) => {
      const at = typed.lastIndexOf(entry);
      const isWhole = at >= 0 && !/\w/.test(typed[at - 1]) && !/\w/.test(typed[at + entry.length]);
      return isWhole && entry.length > 4 ? at + entry.length : 0;
    };
    const better = (one, other) => end(other) - end(one) || other.length - one.length;
    const [best] = Object.keys(indexentries).filter(end).sort(better);
    if (best === undefined) return found;
    // A result that comes later in the list is shown earlier.
    const pages = [...indexentries[best]].sort(([, , one], [, , other]) => Boolean(one) - Boolean(other));
    const first = pages.map(([page, id]) => [docnames[page], titles[page], `#${id}`, null, 100, filenames[page], "index"]);
    const names = new Set(first.map(([name]) => name));
    return [...found.filter(([name]) => !names.has(name)), ...first];
  };
}

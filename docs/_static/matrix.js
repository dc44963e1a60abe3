// Show the rows of the table of libraries that have every word of the search.
document.addEventListener("DOMContentLoaded", () => {
  const search = document.querySelector(".matrix-search");
  if (!search) return;
  const input = search.querySelector("input");
  const count = search.querySelector("output");
  const rows = [...document.querySelectorAll("#matrix tbody tr")];
  const isNarrow = window.matchMedia("(max-width: 46em)").matches;
  if (isNarrow) rows.forEach(makeFoldable);
  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
    const shown = rows.filter((row) => !row.hidden);
    // What is left of a search is what somebody wants to read.
    if (isNarrow && shown.length <= 5) shown.forEach((row) => unfold(row, true));
    count.textContent = `${shown.length} of ${rows.length}`;
  };
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", show);
  search.hidden = false;
  show();
});

// On a phone a library is folded until somebody opens it: the whole table is some hundred screens long.
function makeFoldable(row) {
  const head = row.querySelector("th");
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => unfold(row, button.ariaExpanded !== "true"));
  unfold(row, false);
}

function unfold(row, isOpen) {
  row.classList.toggle("folded", !isOpen);
  row.querySelector("button").ariaExpanded = String(isOpen);
}

// Show the rows of the table of libraries that have every word of the search.
document.addEventListener("DOMContentLoaded", () => {
  const search = document.querySelector(".matrix-search");
  if (!search) return;
  const input = search.querySelector("input");
  const count = search.querySelector("output");
  const rows = [...document.querySelectorAll("#matrix tbody tr")];
  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
    count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
  };
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", show);
  search.hidden = false;
  show();
});

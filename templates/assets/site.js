/** On every page: “/” leads to the search box. */
document.addEventListener("keydown", (event) => {
  const field = document.querySelector("input[type=search]");
  const target = event.target;
  if (
    event.key === "/" && !event.isComposing && !event.altKey && !event.ctrlKey && !event.metaKey &&
    field instanceof HTMLInputElement &&
    target instanceof Element && !target.closest("input, textarea, select, [contenteditable]")
  ) {
    event.preventDefault();
    field.select();
    field.focus();
  }
});

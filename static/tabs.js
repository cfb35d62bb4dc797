// On a narrow screen the row of tabs is wider than the page: the one that is open is brought into sight.

for (const open of document.querySelectorAll(".tabs [aria-current], .bar nav [aria-current]")) {
  const row = open.parentElement;
  row.scrollLeft = open.offsetLeft - row.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
}

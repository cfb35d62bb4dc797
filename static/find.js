// The key "/" leads to the search from any page, except where it is typed into something.

const typing = (target) => target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const link = document.getElementById("find-link");
  if (!link || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  const field = document.querySelector("main form[role=search] input[name=q]");
  if (location.pathname === new URL(link.href).pathname && field) field.focus();
  else location.assign(link.href);
});

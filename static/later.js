// What takes long to work out is fetched once the page is shown; without script its link opens the same page with it.

async function fetched(link) {
  const place = document.getElementById(link.dataset.later);
  place.setAttribute("aria-busy", "true");
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(place.id);
  if (answer.ok && fresh) place.replaceWith(fresh);
  else place.removeAttribute("aria-busy");
}

for (const link of document.querySelectorAll("[data-later]")) fetched(link).catch(() => {});

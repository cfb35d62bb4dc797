// Asks every second how far the work is; once it is over, the page itself says so or leads on.

const shown = document.getElementById("work");

async function look() {
  const answer = await fetch(shown.dataset.part, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return location.reload();
  shown.innerHTML = await answer.text();
  if (shown.querySelector("[data-over]")) return location.reload();
  setTimeout(again, 1000);
}

function again() {
  look().catch(() => setTimeout(again, 3000));
}

if (!shown.querySelector("[data-over]")) setTimeout(again, 1000);

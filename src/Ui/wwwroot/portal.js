// Conveniences only: everything works without this file.

// Keys for staff: "/" goes to the search; data-key="b" on a link or button presses it. They can be turned off (WCAG 2.1.4).
const off = () => localStorage.getItem("shortcuts") === "off";
document.addEventListener("keydown", e => {
  if (off() || e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(e.key)}"]`);
  if (!wanted) return;
  e.preventDefault();
  wanted.matches("input, textarea") ? (wanted.focus(), wanted.select()) : wanted.click();
});
const toggle = document.querySelector("[data-shortcuts]");
if (toggle) {
  const words = toggle.querySelector("span");
  const say = () => { words.textContent = off() ? "Turn keyboard shortcuts on" : "Turn keyboard shortcuts off"; };
  toggle.hidden = false;
  toggle.addEventListener("click", () => { localStorage.setItem("shortcuts", off() ? "on" : "off"); say(); });
  say();
}

// A button that prints the page shows itself where pages can be printed.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A page with work in progress looks again until the work is done, then shows the whole page.
const look = async () => {
  const old = document.querySelector("[data-refresh]");
  const seconds = Number(old?.dataset.refresh);
  if (!seconds) return;
  await new Promise(done => setTimeout(done, seconds * 1000));
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-refresh]");
    if (!answer.ok || !fresh) return location.reload();
    const [bar, now] = [old.querySelector("progress"), fresh.querySelector("progress")];
    bar.max = now.max; bar.value = now.value;
    old.querySelector("[role=status]").textContent = fresh.querySelector("[role=status]").textContent;
  } catch { /* away for a moment: try again */ }
  look();
};
look();

// The secret of a mailed link stands behind the "#": it goes into the form, and out of the address bar.
const mailed = () => {
  const field = document.querySelector("[data-mailed-link]");
  const secret = location.hash.slice(1);
  if (!field || secret.length < 40) return;
  field.value = secret;
  field.closest(".field").hidden = true;
  history.replaceState(null, "", location.pathname + location.search);
  if (field.dataset.mailedLink === "open") field.form.requestSubmit();
};
addEventListener("hashchange", mailed);
mailed();

// The QR code of an activation letter carries the code behind the "#" as well: into the field, and staff see that the letter arrived.
const letter = () => {
  const field = document.querySelector("[data-letter-code]");
  const activationCode = location.hash.slice(1);
  if (!field || !/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/.test(activationCode)) return;
  field.value = activationCode;
  history.replaceState(null, "", location.pathname + location.search);
  fetch("/api/v1/activation/open", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ activationCode }) }).catch(() => {});
};
addEventListener("hashchange", letter);
letter();

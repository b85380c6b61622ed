// The warning before a session ends (SessionWarning.razor). Every page load is a use of the session, and says so to the other tabs.
const box = document.getElementById("session");
const warnBefore = 120_000;
const idle = box.dataset.idle * 1000;
const who = box.dataset.who;
const tabs = new BroadcastChannel("session");
let idleAt = Date.now() + idle, endsAt = Date.now() + box.dataset.left * 1000, state = "", closed = false, asked = 0;

const used = (at, left) => { idleAt = Math.max(idleAt, at + idle); endsAt = Math.max(endsAt, at + left * 1000); closed = false; };
const tell = left => tabs.postMessage({ who, at: Date.now(), left });
tell(box.dataset.left);
tabs.addEventListener("message", ({ data }) => {
  // Somebody else signed in here: what this tab shows is not theirs to see.
  if (data.who !== who) return location.reload();
  used(data.at, data.left);
  tick();
});

const show = next => {
  if (next === state) return;
  state = next;
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== next;
  const [title, words] = [box.querySelector(`[data-when="${next}"] h2`), box.querySelector(`[data-when="${next}"] p`)];
  for (const [attribute, element, id] of [["aria-labelledby", title, "session-title"], ["aria-describedby", words, "session-words"]]) {
    document.getElementById(id)?.removeAttribute("id");
    if (element) element.id = id;
    box.setAttribute(attribute, id);
  }
  box.classList.toggle("over", next === "over");
  say("");
  if (!next) return box.close();
  if (!box.open) box.showModal();
  box.querySelector(`[data-when="${next}"] :is(button, a)`).focus();
};

const say = words => { const place = box.querySelector("[data-said]"); if (place.textContent !== words) place.textContent = words; };

const tick = () => {
  const now = Date.now(), end = Math.min(idleAt, endsAt), left = end - now;
  if (left <= 0) return over();
  if (left > warnBefore || closed) return show("");
  show(endsAt <= idleAt ? "end" : "warn");
  if (left < 60_000 && !asked) say(box.dataset.soon);
  const seconds = Math.ceil(left / 1000), clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  for (const place of box.querySelectorAll("[data-countdown]")) place.textContent = clock;
};

const over = () => { closed = false; show("over"); };

const stay = async () => {
  if (asked) return;
  asked = 1;
  try {
    const answer = await fetch("/api/v1/me/session", { headers: { accept: "application/json" }, signal: AbortSignal.timeout(10_000) });
    if (answer.status === 401) return over();
    if (!answer.ok) throw answer.status;
    const { leftSeconds } = await answer.json();
    used(Date.now(), leftSeconds);
    tell(leftSeconds);
    tick();
  } catch { say(box.dataset.lost); } finally { asked = 0; }
};

box.querySelector("[data-stay]").addEventListener("click", stay);
box.querySelector("[data-close]").addEventListener("click", () => { closed = true; tick(); });
// Escape keeps the session too, and never uncovers a page whose session is over.
box.addEventListener("cancel", e => {
  e.preventDefault();
  if (state === "warn") stay();
  else if (state === "end") { closed = true; tick(); }
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
setInterval(tick, 1000);

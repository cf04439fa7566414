// A staff session ends after a quarter of an hour without use: warn two minutes before, stay signed in while somebody
// works, and when nobody answers keep what was typed and leave. Windows of one browser tell each other that they were used.
const WARN = 120;
const BEAT = 300; // while somebody types or clicks, tell the server at most this often
const SECRET = /password|wachtwoord|passkey|credential|token|secret/i;

class Idle {
  constructor(banner) {
    this.banner = banner;
    this.words = banner.querySelector("[data-idle-words]");
    this.button = banner.querySelector("[data-idle-stay]");
    this.told = Date.now();
    this.touched = null;
    this.asking = false;
    this.windows = "BroadcastChannel" in window ? new BroadcastChannel("naast-session") : null;
    this.windows?.addEventListener("message", (event) => this.lasts(event.data.left, event.data.last, false));
    banner.addEventListener("submit", (event) => { event.preventDefault(); this.stay(); });
    addEventListener("input", (event) => { this.touched = event.target?.form ?? this.touched; this.used(); }, true);
    addEventListener("keydown", () => this.used(), { capture: true, passive: true });
    addEventListener("pointerdown", () => this.used(), { capture: true, passive: true });
    addEventListener("submit", (event) => { if (event.target !== banner) this.touched = null; }, true);
    this.lasts(Number(banner.dataset.left), "last" in banner.dataset, true);
    setInterval(() => this.look(), 1000);
  }

  lasts(seconds, last, tell) {
    this.ends = Date.now() + seconds * 1000;
    this.last = last;
    if (seconds > WARN) this.hide();
    if (tell) this.windows?.postMessage({ left: seconds, last });
  }

  left() { return (this.ends - Date.now()) / 1000; }

  used() {
    // A warning that stands there is answered by its button, or by going on working.
    if (!this.last && (Date.now() - this.told > BEAT * 1000 || this.left() < WARN)) this.stay();
  }

  look() {
    if (this.left() > WARN) return;
    if (this.left() <= 1) this.leave();
    else if (this.banner.hidden) this.show();
  }

  show() {
    this.banner.hidden = false;
    this.button.hidden = this.last;
    const words = this.banner.querySelector(this.last ? "[data-idle-last]" : "[data-idle-soon]");
    // After it is there: a status that appears with its words is not read out.
    setTimeout(() => this.words.replaceChildren(words.content.cloneNode(true)), 100);
  }

  hide() {
    this.banner.hidden = true;
    this.words.replaceChildren();
  }

  async ask(address, body) {
    const token = this.banner.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (token) body.set("csrfmiddlewaretoken", token);
    const answer = await fetch(address, { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" } });
    return answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json") ? answer.json() : null;
  }

  async stay() {
    if (this.asking) return;
    this.asking = true;
    this.told = Date.now();
    try {
      const said = await this.ask(this.banner.action, new FormData());
      if (said) this.lasts(said.left, said.last, true);
    } catch { /* no network: the session ends by itself, and what is sent late is kept */ }
    this.asking = false;
  }

  async leave() {
    if (this.asking) return;
    this.asking = true;
    const body = new FormData();
    if (this.touched?.isConnected) {
      for (const [name, value] of new FormData(this.touched)) {
        const field = this.touched.elements[name];
        if (typeof value === "string" && !SECRET.test(name) && field?.type !== "password") body.append(name, value);
      }
      body.set("naast-action", new URL(this.touched.getAttribute("action") || location.href, location.href).pathname);
    }
    body.set("naast-page", this.banner.dataset.page);
    let said = null;
    try { said = await this.ask(this.banner.dataset.leave, body); } catch { /* no network: stay here, nothing is lost */ }
    if (said?.href) location.assign(said.href);
    else if (said) this.lasts(said.left, said.last, false);
    else this.ends = Date.now() + 30_000; // try again in half a minute
    this.asking = false;
  }
}

const banner = document.querySelector("[data-idle]");
if (banner) new Idle(banner);

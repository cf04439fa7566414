/* Passkeys: asks the browser for one and sends what it says along with the form. Without this file the other ways work. */
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function opened(options) {
  const all = structuredClone(options.publicKey);
  all.challenge = bytes(all.challenge);
  if (all.user) all.user.id = bytes(all.user.id);
  for (const list of [all.allowCredentials, all.excludeCredentials]) for (const one of list ?? []) one.id = bytes(one.id);
  return { publicKey: all };
}

function said(credential) {
  const { response } = credential;
  const parts = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: parts,
  });
}

async function options(button) {
  if (button.dataset.options) return JSON.parse(button.dataset.options);
  const answer = await fetch(button.dataset.ask, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return answer.json();
}

for (const button of document.querySelectorAll("button[data-passkey]")) {
  const { form } = button;
  const words = form.querySelector("[data-passkey-says]");
  const say = (name) => {
    words.textContent = button.dataset[name];
    words.hidden = false;
  };
  if (!window.PublicKeyCredential) {
    say("unsupported");
    continue;
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    words.hidden = true;
    button.disabled = true;
    try {
      const asked = opened(await options(button));
      const credential = button.dataset.passkey === "make" ? await navigator.credentials.create(asked) : await navigator.credentials.get(asked);
      form.elements[button.dataset.into].value = said(credential);
      form.submit();
    } catch (error) {
      button.disabled = false;
      say(error.name === "InvalidStateError" ? "known" : "stopped");
      button.focus();
    }
  });
}

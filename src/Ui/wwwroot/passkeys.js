// Asks the browser for a passkey and sends its answer with the form around the button. Without this file the password works.
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
const text = buffer => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = list => (list ?? []).map(c => ({ ...c, id: bytes(c.id) }));

const ask = async (kind, options) => {
  options.challenge = bytes(options.challenge);
  if (kind === "create") {
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = named(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  }
  options.allowCredentials = named(options.allowCredentials);
  return navigator.credentials.get({ publicKey: options });
};

// The standard's JSON form; written out, because not every browser that has passkeys has toJSON.
const told = made => {
  const { response } = made;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) {
    said.attestationObject = text(response.attestationObject);
    said.transports = response.getTransports?.() ?? [];
  } else {
    said.authenticatorData = text(response.authenticatorData);
    said.signature = text(response.signature);
    if (response.userHandle) said.userHandle = text(response.userHandle);
  }
  return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: made.getClientExtensionResults(), response: said });
};

for (const box of document.querySelectorAll("[data-passkey]")) {
  const [form, say] = [box.querySelector("form"), box.querySelector("[role=status]")];
  const site = box.dataset.site;
  const can = window.PublicKeyCredential && isSecureContext;
  const here = location.hostname === site || location.hostname.endsWith("." + site);
  if (!can || !here) {
    say.textContent = can ? box.dataset.elsewhere : box.dataset.cannot;
    continue;
  }
  say.textContent = "";
  box.querySelector("[data-form]").hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    say.textContent = "";
    try {
      form.querySelector("[data-credential]").value = told(await ask(box.dataset.passkey, JSON.parse(box.dataset.options)));
      form.submit();
    } catch (e) {
      say.textContent = e.name === "InvalidStateError" ? box.dataset.already : box.dataset.failed;
      button.disabled = false;
    }
  });
}

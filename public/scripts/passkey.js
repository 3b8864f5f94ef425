// Asks the browser for a passkey, puts its answer into the page's form and sends it.
// What is asked stands in the form as JSON of WebAuthn, level 3; browsers that cannot read that are helped out.

const form = document.querySelector("form[data-passkey]");
const status = form.querySelector("[role=status]");
// Not *New picture*, and not the one that the Enter key finds.
const button = form.querySelector("button:not([value], [aria-hidden])");
let answered = false;

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

const named = (credentials) => (credentials ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

function creation(json) {
  if (PublicKeyCredential.parseCreationOptionsFromJSON) return PublicKeyCredential.parseCreationOptionsFromJSON(json);
  const user = { ...json.user, id: bytes(json.user.id) };
  return { ...json, user, challenge: bytes(json.challenge), excludeCredentials: named(json.excludeCredentials) };
}

function request(json) {
  if (PublicKeyCredential.parseRequestOptionsFromJSON) return PublicKeyCredential.parseRequestOptionsFromJSON(json);
  return { ...json, challenge: bytes(json.challenge), allowCredentials: named(json.allowCredentials) };
}

function answer(credential) {
  const { id, rawId, type, response } = credential;
  const members = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const present = members.filter((name) => response[name]);
  return JSON.stringify({
    id,
    rawId: text(rawId),
    type,
    response: Object.fromEntries(present.map((name) => [name, text(response[name])])),
    clientExtensionResults: {},
  });
}

async function ask() {
  status.textContent = "";
  button.disabled = true;
  try {
    const json = JSON.parse(form.dataset.options);
    const credential =
      form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: creation(json) })
        : await navigator.credentials.get({ publicKey: request(json) });
    form.elements.credential.value = answer(credential);
    answered = true;
    // Not `submit()`: a check that is still at work holds the form until it is done.
    form.requestSubmit();
  } catch {
    status.textContent = status.dataset.passkeyFailed;
    button.disabled = false;
  }
}

if (window.PublicKeyCredential && form.dataset.options) {
  // Whoever has just chosen the passkey need not press a second button; coming back to the page asks nothing by itself.
  const [arrival] = performance.getEntriesByType("navigation");
  if (form.dataset.begins === "true" && arrival?.type === "navigate") void ask();
  form.addEventListener("submit", (event) => {
    if (answered || event.submitter?.hasAttribute("value")) return;
    event.preventDefault();
    void ask();
  });
} else {
  status.textContent = status.dataset.passkeyUnknown;
  button.disabled = true;
}

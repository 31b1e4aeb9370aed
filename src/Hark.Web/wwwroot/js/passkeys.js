// Passkeys: signing in with one (by its button, or offered by the browser in the e-mail field) and making one. The server asks and checks; this only carries.
const token = document.querySelector('meta[name="hark-antiforgery"]')?.content ?? '';

async function post(url, body) {
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Hark-Antiforgery': token }, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error((await answer.json().catch(() => null))?.detail ?? answer.statusText);
  return answer.json();
}

const can = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON && PublicKeyCredential.prototype.toJSON;

const signIn = document.querySelector('[data-passkey-sign-in]');
if (can && signIn) {
  const button = signIn.querySelector('[data-passkey-button]'), problem = signIn.querySelector('[data-passkey-problem]');
  let waiting = null; // the browser allows one question at a time: the button ends the quiet one
  const ask = async mediation => {
    waiting?.abort();
    waiting = new AbortController();
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await post('/sign-in/passkey/options'));
    return navigator.credentials.get({ publicKey, mediation, signal: waiting.signal });
  };
  const use = async credential => {
    const remember = document.querySelector('input[name="remember"]')?.checked ?? false;
    location.assign((await post('/sign-in/passkey', { credential: credential.toJSON(), return: signIn.dataset.return || null, remember })).location);
  };
  const tell = e => {
    if (e.name === 'AbortError' || e.name === 'NotAllowedError') return; // the person changed their mind
    problem.textContent = signIn.dataset.failed;
    problem.hidden = false;
  };
  button.hidden = false;
  button.addEventListener('click', () => { problem.hidden = true; ask('optional').then(use).catch(tell); });
  // Nobody asked for the quiet question, so nobody is told that it failed; where the address can have no passkeys (an IP address), there is no way in by one.
  if (await PublicKeyCredential.isConditionalMediationAvailable?.())
    ask('conditional').then(credential => use(credential).catch(tell), e => { if (e.name === 'SecurityError') button.hidden = true; });
}

const make = document.querySelector('form[data-passkey-make]');
if (make) {
  make.hidden = !can;
  make.addEventListener('submit', async e => {
    e.preventDefault();
    const problem = make.querySelector('[data-passkey-problem]');
    problem.hidden = true;
    try {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await post('/account/passkeys/options'));
      const credential = await navigator.credentials.create({ publicKey });
      await post('/account/passkeys', { credential: credential.toJSON(), name: make.elements.name.value });
      location.assign('/account?done=passkey#passkeys');
    } catch (error) {
      if (error.name === 'NotAllowedError') return;
      problem.textContent = make.dataset.failed;
      problem.hidden = false;
    }
  });
}

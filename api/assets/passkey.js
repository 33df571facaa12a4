// Passkeys: the page asks the device, the device asks its holder. Without scripts the password serves all the same.
'use strict';
(() => {
  if (!window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  const asked = ({ publicKey }) => ({
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
    ...(publicKey.excludeCredentials && { excludeCredentials: known(publicKey.excludeCredentials) }),
    ...(publicKey.allowCredentials && { allowCredentials: known(publicKey.allowCredentials) }),
  });
  const answered = (credential) => {
    const response = {};
    for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
  };
  const wire = (place, form, ask) => {
    const failed = place.querySelector('[data-failed]');
    place.hidden = false;
    place.querySelector('button').addEventListener('click', async () => {
      failed.hidden = true;
      try {
        const { ceremony, credential } = await ask();
        form.elements._ceremony.value = ceremony;
        form.elements._credential.value = answered(credential);
        form.submit();
      } catch {
        failed.hidden = false;
        failed.focus();
      }
    });
  };
  document.querySelectorAll('form[data-passkey-make]').forEach((form) => wire(form, form, async () => ({
    ceremony: form.elements._ceremony.value,
    credential: await navigator.credentials.create({ publicKey: asked(JSON.parse(form.dataset.passkeyMake)) }),
  })));
  const signing = async () => {
    const given = await fetch('/api/v1/session/passkey-challenge', { method: 'POST' });
    if (!given.ok) throw new Error();
    const { ceremony, options } = await given.json();
    return { ceremony, credential: await navigator.credentials.get({ publicKey: asked(options) }) };
  };
  document.querySelectorAll('form[data-passkey-use]').forEach((form) => wire(form, form, signing));
  // Beside the password, in place of a code.
  document.querySelectorAll('[data-passkey-beside]').forEach((place) => {
    const form = document.querySelector(`form[action="${place.dataset.passkeyBeside}"]`);
    if (form) wire(place, form, signing);
  });
})();

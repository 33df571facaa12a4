// What the pages do where the browser runs scripts; without, every task is done all the same.
'use strict';
(() => {
  const fr = document.documentElement.lang === 'fr';
  const signedIn = document.body.hasAttribute('data-signed-in');

  // A page kept in memory must not come back after its reader has left.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });

  // What went wrong is read first.
  const wrong = document.querySelector('[data-focus]');
  if (wrong) wrong.focus();

  // Sent once, however often the button is pressed.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    setTimeout(() => delete form.dataset.sent, 8000);
  });

  document.querySelectorAll('[data-print]').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => print());
  });

  if (!signedIn) return;

  // What is being written is kept on the server, sealed, so that a lock or a lost connection loses nothing.
  const drafts = [...document.querySelectorAll('form[data-draft]')];
  const keep = (form) => {
    if (form.dataset.dirty !== 'yes') return Promise.resolve();
    delete form.dataset.dirty;
    return fetch('/brouillons', { method: 'POST', body: new URLSearchParams(new FormData(form)), keepalive: true })
      .catch(() => { form.dataset.dirty = 'yes'; });
  };
  drafts.forEach((form) => {
    form.addEventListener('input', () => { form.dataset.dirty = 'yes'; });
    form.addEventListener('submit', () => { delete form.dataset.dirty; });
  });
  setInterval(() => drafts.forEach(keep), 15000);

  // Left alone, the page warns, then locks.
  const minute = 60000;
  let since = Date.now();
  let box = null;
  const alive = () => {
    if (!box) since = Date.now();
  };
  ['pointerdown', 'keydown', 'scroll'].forEach((name) => addEventListener(name, alive, { passive: true }));

  const warn = () => {
    box = document.createElement('dialog');
    box.className = 'idle';
    const words = document.createElement('p');
    words.textContent = fr
      ? 'Êtes-vous toujours là\u202f? La page se verrouille dans une minute. Ce que vous écrivez est conservé.'
      : 'Are you still there? This page locks in a minute. What you are writing is kept.';
    const stay = document.createElement('button');
    stay.className = 'govuk-button';
    stay.textContent = fr ? 'Je suis là' : 'I am here';
    stay.addEventListener('click', () => {
      box.close();
      box.remove();
      box = null;
      since = Date.now();
      present();
    });
    box.append(words, stay);
    document.body.append(box);
    box.showModal();
  };
  const csrf = () => document.querySelector('input[name=_csrf]')?.value ?? '';
  const leave = async () => {
    const shade = document.createElement('div');
    shade.className = 'shade';
    document.body.append(shade);
    await Promise.all(drafts.map(keep));
    document.querySelector('form[action="/verrou/fermer"]')?.submit();
  };
  // Reading is presence too: the server is told, at most once a minute.
  let told = Date.now();
  const present = () => {
    told = Date.now();
    fetch('/presence', { method: 'POST', body: new URLSearchParams({ _csrf: csrf() }) }).catch(() => {});
  };
  setInterval(() => {
    if (since > told) present();
  }, minute);
  setInterval(() => {
    const idle = Date.now() - since;
    if (idle > 15 * minute) leave();
    else if (idle > 14 * minute && !box) warn();
  }, 5000);
})();

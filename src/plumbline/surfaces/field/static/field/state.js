/* What this page holds in memory while it is unlocked. Nothing here outlives the page. */

export const state = {
  device: "",     // this phone's id
  pair: null,     // its key pair; the private key cannot be read out
  key: null,      // the data key, released by the PIN
  pack: null,     // the work package
  online: navigator.onLine,
};

const listeners = new Set();

/* Call ``act`` whenever the outbox, the package or the network has changed. */
export function onChange(act) {
  listeners.add(act);
  return () => listeners.delete(act);
}

export function changed() {
  for (const act of listeners) act();
}

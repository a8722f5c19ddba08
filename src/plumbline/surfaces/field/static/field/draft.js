/* Drafts: everything that is being filled in, sealed on the phone after each change. */

import { instant } from "./clock.js";
import { newId } from "./keys.js";
import { state } from "./state.js";
import { forget, keep, kept } from "./store.js";

let waiting = Promise.resolve();

export async function openDraft(name, fresh) {
  return (await kept(`draft:${name}`)) || { id: newId(), name, files: [], ...fresh };
}

/* Save in the order of the changes; what is typed must not wait for what is written. */
export function saveDraft(draft) {
  draft.saved_at = instant();
  const { pin, finishPad, ...plain } = draft;
  const copy = JSON.parse(JSON.stringify(plain));
  waiting = waiting.then(() => (state.key ? keep(`draft:${draft.name}`, copy) : null));
  return waiting;
}

export async function dropDraft(draft) {
  await waiting;
  await forget(`draft:${draft.name}`);
}

/* Where we are, once, because the officer pressed. Whole numbers: millionths of a degree, metres. */
export function placeOnce() {
  return new Promise((done) => {
    if (!navigator.geolocation) return done({ fault: "这部手机不能定位。可以不定位。" });
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({
        place: {
          latitude_e6: Math.round(coords.latitude * 1e6), longitude_e6: Math.round(coords.longitude * 1e6), accuracy_m: Math.max(0, Math.round(coords.accuracy)),
        },
      }),
      (fault) => done({ fault: fault.code === 1 ? "没有定位权限。可以不定位，或在浏览器设置中允许。" : "没有取得定位。可以到开阔处再试，或不定位。" }),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 },
    );
  });
}

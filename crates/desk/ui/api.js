// Asks the program. A session is kept for this tab, and handed to others of the same desk.

import { language, t } from "./words.js";

const KEY = "desk.session";

/** How long another tab may take to hand over its session, in milliseconds: one in the background is slow. */
const HAND_OVER = 3000;

let session = sessionStorage.getItem(KEY);
const others = new BroadcastChannel("desk");

/** Why something was not done: `kind`, `message`, and what is there now. */
export class Refusal extends Error {
  constructor(status, { kind = "failed", message, now = null } = {}) {
    super(message || t("no_reason", { status }));
    Object.assign(this, { status, kind, now });
  }
}

others.addEventListener("message", ({ data }) => {
  if (data === "asks" && session) others.postMessage({ session });
});

// Waits for another tab of this desk to hand over its session.
const fromAnotherTab = () =>
  new Promise((resolve) => {
    const hear = ({ data }) => data?.session && data.session !== session && resolve(data.session);
    others.addEventListener("message", hear);
    others.postMessage("asks");
    setTimeout(() => {
      others.removeEventListener("message", hear);
      resolve(null);
    }, HAND_OVER);
  });

/** Comes in: with the token of the address, or with a session that is there. Returns whether that worked. */
export const enter = async () => {
  const token = /^#([0-9a-f]{64})$/.exec(location.hash)?.[1];
  if (token) {
    history.replaceState(null, "", "/#/");
    const answer = await raw("session", { token });
    if (answer.ok) session = (await answer.json()).session;
  }
  session ??= await fromAnotherTab();
  if (!session) return false;
  sessionStorage.setItem(KEY, session);
  const known = await fetch("/api/portal", { headers: { "X-Desk-Session": session } });
  if (known.ok) return true;
  sessionStorage.removeItem(KEY);
  session = null;
  return false;
};

const raw = (task, wish) => {
  const isFile = wish instanceof Blob;
  const kind = isFile ? "application/octet-stream" : "application/json";
  return fetch(`/api/${task}`, {
    method: wish === undefined ? "GET" : "POST",
    headers: {
      // What there is to say is said in the language of the desk.
      "Accept-Language": language,
      ...(session ? { "X-Desk-Session": session } : {}),
      ...(wish === undefined ? {} : { "Content-Type": kind }),
    },
    body: isFile || wish === undefined ? wish : JSON.stringify(wish),
    // What was typed last arrives although its page goes; browsers take little with them.
    keepalive: task === "edit" && JSON.stringify(wish).length < 30_000,
  }).catch(() => {
    // What browsers say of it is not in the language of the desk.
    throw new TypeError(t("gone_title"));
  });
};

const answered = async (answer) => {
  if (answer.ok) return answer.json();
  const why = await answer.json().catch(() => ({}));
  throw new Refusal(answer.status, why);
};

// Asks; and once more, where another tab has a newer session, because the program was started again.
const asked = async (task, wish) => {
  const answer = await raw(task, wish);
  if (answer.status !== 401) return answered(answer);
  const newer = await fromAnotherTab();
  if (!newer) return answered(answer);
  session = newer;
  sessionStorage.setItem(KEY, session);
  return answered(await raw(task, wish));
};

/** Asks for something. */
export const ask = (task) => asked(task);

/** Has something done. */
export const send = (task, wish = {}) => asked(task, wish);

const nameOf = (file) => encodeURIComponent((file.name || "file").slice(-200).replace(/[\ud800-\udfff]/gu, "") || "file");

/** Brings a picture or a file to an article. */
export const upload = (article, file, wantsPicture) => asked(`upload/${article}/${nameOf(file)}${wantsPicture ? "?picture" : ""}`, file);

/** Brings a file to a document of the register. */
export const enclose = (slug, file) => asked(`enclose/${slug}/${nameOf(file)}`, file);

/** The address of a picture of an article, for as long as the page lives; none where there is no picture. */
export const picture = async (path) => {
  const answer = await raw(`picture/${path}`);
  return answer.ok ? URL.createObjectURL(await answer.blob()) : null;
};

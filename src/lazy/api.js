// A site with an API. Documents come from the API first, because they may be newer there; files come
// from this host first, because a file never changes under its name.

const { api, base } = document.getElementById("portal").dataset;
const [there, here] = [api, base].map((path) => new URL(path, location).href);

// How long the API may take, and how long it is not asked again after it has failed, in milliseconds.
const TIMEOUT = 4000;
const PAUSE = 30000;
let silent = 0;

// The response to a request for a document. That of this host has the status 203, because it may be an
// old one.
export const ask = async (request) => {
  if (Date.now() >= silent) {
    try {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), TIMEOUT);
      const answer = await fetch(there + request.url.slice(here.length), stop);
      // Read here, so that an answer that stops in the middle counts as none.
      if (answer.ok) return new Response(await answer.arrayBuffer());
      if (answer.status > 499) silent = Date.now() + PAUSE;
    } catch {
      silent = Date.now() + PAUSE;
    }
  }
  const answer = await fetch(request);
  return answer.ok ? new Response(await answer.arrayBuffer(), { status: 203 }) : answer;
};

// A file that this host does not have belongs to an article that was published after the last build.
export const follow = () => {
  // Whoever follows a link to such a file gets this host's page for unknown addresses, and is led on.
  const { href, pathname } = location;
  const isFile = href.startsWith(`${here}assets/`) || pathname.endsWith(".ics");
  if (isFile && document.querySelector(".lost, .not-found")) return location.replace(there + href.slice(here.length));

  // A picture, film or recording is asked for again at the API, once.
  const addresses = new RegExp(`(^|, )${base.replaceAll(".", "\\.")}`, "g");
  const missing = ({ target }) => {
    const media = target.closest?.("picture, video, audio, img");
    if (!media || "api" in media.dataset) return;
    media.dataset.api = "";
    for (const node of [media, ...media.children]) {
      // It was in sight already, and a browser may not look again.
      if (node.loading) node.loading = "eager";
      for (const { name, value } of [...node.attributes]) {
        if (/^src|^poster/.test(name)) node.setAttribute(name, value.replace(addresses, `$1${there}`));
      }
    }
    media.load?.();
  };
  addEventListener("error", missing, true);
  // What has failed before.
  for (const image of document.images) {
    if (image.complete && !image.naturalWidth && image.currentSrc) missing({ target: image });
  }
};

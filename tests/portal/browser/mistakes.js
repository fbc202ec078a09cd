// Everything that can go wrong on a page, for the recorder to hear.
setTimeout(() => { throw new Error("thrown"); });
setTimeout(() => Promise.reject(new Error("rejected")));
setTimeout(() => console.error("said"));
for (const address of ["/nothing.png", "http://127.0.0.2/foreign.png"]) {
  const picture = document.createElement("img");
  picture.src = address;
  document.documentElement.append(picture);
}

// Changes of a document as they are seen at once, before the program has heard of them.

const parts = (pointer) => pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

const split = (pointer) => {
  const at = pointer.lastIndexOf("/");
  return [pointer.slice(0, at), parts(pointer).at(-1)];
};

/** The value at a pointer; undefined where there is none. */
export const valueAt = (value, pointer) => parts(pointer).reduce((inner, part) => inner?.[part], value);

// Moves the words of the entries of a list to where the entries are now; those of an entry that went are gone.
const renumber = (words, list, to) => {
  const begin = `${list}/`;
  const moved = {};
  for (const [pointer, spans] of Object.entries(words)) {
    const [, number, rest] = pointer.startsWith(begin) ? /^(\d+)(.*)$/s.exec(pointer.slice(begin.length)) ?? [] : [];
    if (number === undefined) moved[pointer] = spans;
    else if (to(Number(number)) !== null) moved[`${begin}${to(Number(number))}${rest}`] = spans;
  }
  return moved;
};

const without = (words, pointer) =>
  Object.fromEntries(Object.entries(words).filter(([at]) => at !== pointer && !at.startsWith(`${pointer}/`)));

/** Makes a change in a document: its value, and the words of its texts with marks. */
export const apply = (document, edit) => {
  const { value } = document;
  if (edit.words !== undefined) {
    const [above, key] = split(edit.words);
    const around = valueAt(value, above);
    if (around) around[key] = edit.spans.map(({ text }) => text).join("");
    document.words[edit.words] = edit.spans;
    return;
  }
  const [above, key] = split(edit.at ?? edit.from);
  const around = valueAt(value, above);
  if (!around) return;
  const at = Number(key);
  if (edit.do === "set") {
    document.words = without(document.words, edit.at);
    around[key] = structuredClone(edit.value);
  } else if (edit.do === "insert") {
    around.splice(at, 0, structuredClone(edit.value));
    document.words = renumber(document.words, above, (number) => (number < at ? number : number + 1));
  } else if (edit.do === "remove" && Array.isArray(around)) {
    around.splice(at, 1);
    const to = (number) => (number === at ? null : number - (number > at ? 1 : 0));
    document.words = renumber(document.words, above, to);
  } else if (edit.do === "remove") {
    delete around[key];
    document.words = without(document.words, edit.at);
  } else if (edit.do === "move") {
    const order = around.map((_, number) => number);
    order.splice(edit.to, 0, order.splice(at, 1)[0]);
    const entries = [...around];
    order.forEach((from, number) => {
      around[number] = entries[from];
    });
    document.words = renumber(document.words, above, (number) => order.indexOf(number));
  }
};

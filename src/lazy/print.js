// Prints the page with all its pictures, including lazy ones.

/** The longest wait for the pictures, in milliseconds. */
const TIMEOUT = 4000;

/** Waits for the pictures below an element, and prints. */
export const print = async (page) => {
  const pictures = [...page.querySelectorAll("img")];
  for (const picture of pictures) picture.loading = "eager";
  const there = Promise.allSettled(pictures.map((picture) => picture.decode()));
  await Promise.race([there, new Promise((late) => setTimeout(late, TIMEOUT))]);
  window.print();
};

// The document of the page, as the portal publishes it, read for each request.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { error } from '@sveltejs/kit';

export const load = async ({ params }) => {
  const { lang, section, slug } = params;
  try {
    return JSON.parse(await readFile(join(env.DOCUMENTS, lang, section, slug, 'index.json'), 'utf8'));
  } catch {
    error(404);
  }
};

import { fingerprint } from "./assets.ts";

const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2f3a33"/><path d="M9 8v16M9 16h8M17 8v16M17 16h3.500a4 4 0 0 0 0-8H17M19 16l5 8" fill="none" stroke="#f6f2ea" stroke-width="1.800" stroke-linecap="round"/></svg>`;

/** The letters of the shop, joined. */
export const FAVICON: { body: string; etag: string } = { body, etag: fingerprint(body) };

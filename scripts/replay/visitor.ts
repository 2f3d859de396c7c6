import { createHash } from "node:crypto";

/** The device a visitor came with, and the one page load of the visit; the same at each replay of a file. */
export interface Visitor {
  /** The device's secret, 43 characters base64url. */
  secret: string;
  /** The hash of the secret, so that it certifies itself. */
  anonymousId: string;
  writerId: string;
}

/** Derives the visitor of a session from the file's name and the session alone. */
export function visitorOf(fileName: string, session: string): Visitor {
  const secret = sha256(`replay|${fileName}${session}`).toString("base64url");
  return {
    secret,
    anonymousId: `d_${sha256(secret).toString("base64url").slice(0, 22)}`,
    writerId: sha256(`writer|${secret}`).toString("base64url").slice(0, 22),
  };
}

/** A message id of the shape of a UUID (version 8: the content is ours) that a row always gets again. */
export function messageIdOf(fileName: string, row: number, kind: "list" | "product"): string {
  const hex = sha256(`message|${fileName}|${row}|${kind}`).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const sha256 = (text: string) => createHash("sha256").update(text, "ascii").digest();

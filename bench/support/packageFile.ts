import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The root of this repository, with a slash at its end. */
export const ROOT: URL = new URL("../../", import.meta.url);

/** A file of this repository. */
export function ownFile(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}

/** A file of an installed package by its path, also one that the package does not export. */
export function packageFile(name: string, path: string): string {
  return ownFile(`node_modules/${name}/${path}`);
}

/** The version of an installed package. */
export function packageVersion(name: string): string {
  return (JSON.parse(readFileSync(packageFile(name, "package.json"), "utf8")) as { version: string }).version;
}

// Where shoppers' profiles lie, and what becomes of those that a killed box left.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { newProfile, profileParent, removeOrphans } from "../../kiosk/shell/src/box/profileFolder.ts";

test("a box removes what a killed one left, and nothing else", (t) => {
  const parent = mkdtempSync(join(tmpdir(), "vitrine-profiles-"));
  t.after(() => rmSync(parent, { recursive: true, force: true }));
  const { pid: dead } = spawnSync(process.execPath, ["--version"]);
  const orphan = join(parent, `vitrine-shopper-${dead}-abc`);
  mkdirSync(orphan);
  writeFileSync(join(orphan, "clip"), "sealed");
  mkdirSync(join(parent, "of-somebody-else"));
  const living = newProfile(parent);
  removeOrphans(parent);
  assert.deepEqual(readdirSync(parent).toSorted(), ["of-somebody-else", basename(living)].toSorted());
});

test("a folder that is not there, or not in memory, is passed over", () => {
  const parent = profileParent({ XDG_RUNTIME_DIR: "/nowhere" });
  assert.notEqual(parent, "/nowhere");
  assert.ok(existsSync(parent));
});

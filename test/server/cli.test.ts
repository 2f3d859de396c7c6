import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { settingsFromCommandLine } from "../../packages/server/src/settingsFromCommandLine.ts";

const CLI = join(import.meta.dirname, "../../packages/server/src/cli.ts");

describe("the command line", () => {
  it("tells every flag", () => {
    const { status, stdout } = spawnSync(process.execPath, [CLI, "--help"], { encoding: "utf8" });
    assert.equal(status, 0);
    for (const flag of [
      "--port",
      "--host",
      "--data",
      "--prefix",
      "--origins",
      "--cookie-domain",
      "--proof-alg",
      "--log-days",
      "--trust-proxy",
    ]) {
      assert.ok(stdout.includes(`${flag} <`), flag);
    }
  });

  it("refuses what it does not know, and says so", () => {
    const { status, stderr } = spawnSync(process.execPath, [CLI, "--prot", "80"], { encoding: "utf8" });
    assert.equal(status, 2);
    assert.match(stderr, /--prot.*\n.*--help/);
  });

  const errors: [args: string[], env: Record<string, string>, message: RegExp][] = [
    [["--port", "http"], {}, /--port must be a whole number/],
    [["--port=-1"], {}, /--port must be a whole number/],
    [[], { VITRINE_PORT: "1e9x" }, /--port/],
    [[], { VITRINE_PROT: "80" }, /Unknown environment variable VITRINE_PROT/],
    [["--origins", "shop.example"], {}, /shop\.example is not like/],
    [["--origins", "https://shop.example/"], {}, /is not like/],
    [["--proof-alg", "HS256"], {}, /needs --proof-key-file/],
    [["extra"], {}, /extra/],
  ];
  for (const [args, env, message] of errors) {
    it(`explains ${JSON.stringify([...args, env])}`, () => {
      const result = settingsFromCommandLine(args, env);
      assert.equal(result.kind, "error");
      assert.match(result.kind === "error" ? result.text : "", message);
    });
  }

  it("reads flags, and the environment where there is no flag", (t) => {
    const dir = mkdtempSync(join(tmpdir(), "vitrine-cli-"));
    t.after(() => rmSync(dir, { recursive: true }));
    const keyFile = join(dir, "key");
    writeFileSync(keyFile, "a secret\n");
    const result = settingsFromCommandLine(
      ["--port", "81", "--proof-alg", "HS256", "--proof-key-file", keyFile],
      {
        VITRINE_PORT: "80",
        VITRINE_ORIGINS: "https://a.example, https://b.example",
        VITRINE_LOG_DAYS: "30",
        HOME: "/root",
      },
    );
    assert.ok(result.kind === "run");
    const { options } = result;
    assert.deepEqual(
      [result.port, result.host, options.origins, options.logDays, options.proof],
      [81, "127.0.0.1", ["https://a.example", "https://b.example"], 30, { alg: "HS256", secret: "a secret" }],
    );
  });
});

describe("a server that is told to end", () => {
  it("answers who is inside, keeps everything, and exits with 0", async (t) => {
    const data = mkdtempSync(join(tmpdir(), "vitrine-cli-"));
    t.after(() => rmSync(data, { recursive: true, force: true }));
    const child = spawn(process.execPath, [CLI, "--data", data, "--port", "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    t.after(() => child.kill("SIGKILL"));
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    while (!printed.includes("shown this once")) await once(child.stdout, "data");
    const url = /http:\S+/.exec(printed)![0];
    const siteKey = /vs_\S+/.exec(printed)![0];
    const stream = await fetch(`${url}/v1/stream?site=${siteKey}`);
    const body = JSON.stringify({
      writeKey: siteKey,
      batch: [{ type: "page", messageId: "m", anonymousId: "a" }],
    });
    const inside = request(`${url}/v1/batch`, { method: "POST", headers: { "Content-Length": body.length } });
    inside.write(body.slice(0, 10));
    // The server has the head of the request when it answers a later one.
    await fetch(`${url}/health`);
    child.kill("SIGTERM");
    await stream.text();
    await assert.rejects(fetch(`${url}/health`), "nobody else is let in");
    inside.end(body.slice(10));
    const [answer] = (await once(inside, "response")) as [import("node:http").IncomingMessage];
    assert.equal(answer.statusCode, 200);
    answer.resume();
    const [code] = (await once(child, "exit")) as [number];
    assert.equal(code, 0);
  });
});
